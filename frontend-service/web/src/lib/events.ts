export type Line = "connecting" | "live" | "reconnecting";

export interface LiveEvent {
  name: "snapshot" | "job" | "run" | "stream" | "budget";
  data: { version: number } & Record<string, unknown>;
}

interface Listener {
  event(event: LiveEvent): void;
  line(line: Line): void;
}

type Message =
  | { kind: "event"; event: LiveEvent }
  | { kind: "line"; line: Line }
  | { kind: "hello" };

const names = ["snapshot", "job", "run", "stream", "budget"] as const;
const patience = [1_000, 2_000, 5_000, 15_000];

/**
 * The events of all jobs. Of all tabs of a browser the first one listens, and tells the others; when it is
 * closed, the next takes over and begins with a snapshot. A tab that comes later makes the first one begin again,
 * which gives everybody a snapshot.
 *
 * @param open connects; whoever calls decides to where
 * @param reviveSession is asked when the connection was refused, since that may be because the session is over
 * @returns ends listening
 */
export function listenTogether(open: () => EventSource, reviveSession: () => Promise<unknown>, listener: Listener) {
  const tabs = new BroadcastChannel("pulse.events");
  const ended = new AbortController();
  let source: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  function tell(message: Message) {
    tabs.postMessage(message);
    hear(message);
  }

  function hear(message: Message) {
    if (message.kind === "event") listener.event(message.event);
    else if (message.kind === "line") listener.line(message.line);
    else if (source) connect();
  }

  function connect() {
    clearTimeout(again);
    source?.close();
    source = open();
    for (const name of names) {
      source.addEventListener(name, (event) => {
        if (name === "snapshot") {
          failures = 0;
          tell({ kind: "line", line: "live" });
        }
        tell({ kind: "event", event: { name, data: JSON.parse((event as MessageEvent<string>).data) } });
      });
    }
    source.addEventListener("error", () => {
      tell({ kind: "line", line: "reconnecting" });
      source?.close();
      const wait = patience[Math.min(failures++, patience.length - 1)];
      again = setTimeout(() => {
        reviveSession().catch(() => undefined).then(() => !ended.signal.aborted && connect());
      }, wait);
    });
  }

  function lead() {
    connect();
    return new Promise<void>((resolve) => ended.signal.addEventListener("abort", () => resolve()));
  }

  tabs.addEventListener("message", (event: MessageEvent<Message>) => hear(event.data));
  tabs.postMessage({ kind: "hello" } satisfies Message);
  navigator.locks
    ?.request("pulse.events", { signal: ended.signal }, lead)
    .catch(() => undefined); // ended while it waited for its turn
  if (!("locks" in navigator)) void lead();

  return () => {
    ended.abort();
    clearTimeout(again);
    source?.close();
    tabs.close();
  };
}
