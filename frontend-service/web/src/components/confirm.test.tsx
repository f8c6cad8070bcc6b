import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Problem } from "@/api/problem";
import { show } from "@/test/render";
import { Confirm } from "./confirm";

it("does nothing before the name is typed where data are deleted", async () => {
  const act = vi.fn(() => Promise.resolve());
  const close = vi.fn();
  show(<Confirm title="Delete SHOP?" consequence="All of it goes." action="Delete" typed="SHOP" onConfirm={act} onClose={close} />);

  const button = screen.getByRole("button", { name: /^Delete/ });
  expect(button).toHaveAttribute("aria-disabled", "true");
  expect(button).toHaveAccessibleDescription("Type SHOP first.");
  await userEvent.click(button);
  expect(act).not.toHaveBeenCalled();

  await userEvent.type(screen.getByLabelText("Type SHOP to go on"), "SHOP");
  await userEvent.click(button);
  expect(act).toHaveBeenCalledOnce();
  expect(close).toHaveBeenCalledOnce();
});

it("stays open and says what to do when the act is refused", async () => {
  const refused = () => Promise.reject(new Problem(409, { title: "A run is going on", remedy: "Stop it first." }));
  const close = vi.fn();
  show(<Confirm title="Start?" consequence="It begins." action="Start" onConfirm={refused} onClose={close} />);

  await userEvent.click(screen.getByRole("button", { name: "Start" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("Stop it first.");
  expect(close).not.toHaveBeenCalled();
});
