import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { gateway } from "@/test/gateway";
import { profile, show } from "@/test/render";
import { SignInForm } from "./sign-in-form";

async function signIn() {
  await userEvent.type(screen.getByLabelText("E-mail"), "ada@acme.example");
  await userEvent.type(screen.getByLabelText("Password"), "not this one{Enter}");
}

it("hands on who has signed in", async () => {
  const done = vi.fn();
  gateway({ "POST /api/auth/login": { body: profile([]) } });
  show(<SignInForm onDone={done} />);

  await signIn();

  await vi.waitFor(() => expect(done).toHaveBeenCalledWith(profile([])));
});

it("says that it was wrong, and lets one try again", async () => {
  gateway({ "POST /api/auth/login": { status: 401, body: { title: "E-mail or password is wrong", remedy: "Try again." } } });
  show(<SignInForm onDone={vi.fn()} />);

  await signIn();

  expect(await screen.findByRole("alert")).toHaveTextContent("E-mail or password is wrong");
  expect(screen.getByRole("button", { name: "Sign in" })).not.toHaveAttribute("aria-disabled");
});

it("counts down while there were too many tries", async () => {
  gateway({ "POST /api/auth/login": { status: 429, body: { title: "Too many" }, headers: { "Retry-After": "30" } } });
  show(<SignInForm onDone={vi.fn()} />);

  await signIn();

  expect(await screen.findByRole("status")).toHaveTextContent(/try again in (30|29) s/);
  expect(screen.getByRole("button", { name: /Sign in/ })).toHaveAttribute("aria-disabled", "true");
});
