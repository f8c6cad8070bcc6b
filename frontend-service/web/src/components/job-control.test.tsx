import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Job } from "@/api/types";
import { gateway } from "@/test/gateway";
import { show } from "@/test/render";
import { JobControl } from "./job-control";

const job: Job = {
  id: 7,
  name: "Shop",
  connector: "toy",
  state: "RUNNING",
  reason: null,
  rows: 41_200,
  lastSuccess: null,
  nextDueAt: null,
  error: null,
  runId: 12,
  wish: null,
  forced: false,
  activated: false,
  unfinished: false,
};

it("says before a stop what is kept, and sends the reason along", async () => {
  let body: unknown;
  gateway({
    "POST /api/etl/jobs/7/stop": async (request) => {
      body = await request.json();
      return { status: 202, body: { job, consequence: "Run 12 ends.", rowsKept: 41_200, openWalks: 1 } };
    },
  });
  show(<JobControl job={job} />, ["jobs:control"]);

  await userEvent.click(screen.getByRole("button", { name: "Stop Shop" }));
  expect(screen.getByText(/41,200 rows and all checkpoints are kept/)).toBeVisible();
  await userEvent.type(screen.getByLabelText("Why (optional)"), "wrong day");
  await userEvent.click(screen.getByRole("button", { name: "Stop" }));

  await expect.poll(() => body).toEqual({ mode: "page", reason: "wrong day" });
});

it("names the role that is missing instead of hiding the button", async () => {
  show(<JobControl job={job} />, ["jobs:read"]);

  const pause = screen.getByRole("button", { name: "Pause Shop" });
  expect(pause).toHaveAccessibleDescription("This takes the role Operator.");
  await userEvent.click(pause);
  expect(screen.queryByRole("dialog")).toBeNull();
});
