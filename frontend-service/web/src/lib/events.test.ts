import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type LiveEvent, type Line, listenTogether } from "./events";

class Source extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
  tell(name: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }));
  }
}

let opened: Source[];
let heard: (LiveEvent | Line)[];
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  opened = [];
  heard = [];
  end = listenTogether(
    () => {
      const source = new Source();
      opened.push(source);
      return source as unknown as EventSource;
    },
    () => Promise.resolve(),
    { event: (event) => heard.push(event), line: (line) => heard.push(line) },
  );
});

afterEach(() => {
  end();
  vi.useRealTimers();
});

it("is live from the snapshot on", () => {
  opened[0]?.tell("snapshot", { version: 7 });

  expect(heard).toEqual(["live", { name: "snapshot", data: { version: 7 } }]);
});

it("comes again when the line is cut, and says so meanwhile", async () => {
  opened[0]?.dispatchEvent(new Event("error"));

  expect(heard).toEqual(["reconnecting"]);
  expect(opened[0]?.closed).toBe(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened).toHaveLength(2);
});

it("waits longer each time that it fails", async () => {
  opened[0]?.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(1_000);
  opened[1]?.dispatchEvent(new Event("error"));
  await vi.advanceTimersByTimeAsync(1_000);

  expect(opened).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened).toHaveLength(3);
});

it("does not come again after it was ended", async () => {
  opened[0]?.dispatchEvent(new Event("error"));
  end();
  await vi.advanceTimersByTimeAsync(60_000);

  expect(opened).toHaveLength(1);
});
