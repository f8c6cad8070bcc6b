import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { redeemLink } from "@/api/session";
import { PasswordForm } from "@/features/session/password-form";
import { Entrance } from "./entrance";

/** Where the link of an invitation leads to; what it proves stands behind the #, which no server sees. */
export function WelcomePage() {
  const [token] = useState(() => location.hash.slice(1));
  const navigate = useNavigate();

  async function save(password: string) {
    await redeemLink(token, password);
    await navigate({ to: "/login" });
  }

  return (
    <Entrance title="Welcome to Pulse" lead="Choose the password that you will sign in with.">
      {token ? (
        <PasswordForm withCurrent={false} action="Use this password" onSave={save} />
      ) : (
        <p>This link is not whole: what stands behind the # is missing. Copy all of it, or ask for another one.</p>
      )}
    </Entrance>
  );
}
