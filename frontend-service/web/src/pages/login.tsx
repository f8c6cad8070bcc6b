import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { profileQuery } from "@/api/session";
import type { Profile } from "@/api/types";
import { SignInForm } from "@/features/session/sign-in-form";
import { Entrance } from "./entrance";

export function LoginPage() {
  const { redirect } = useSearch({ from: "/login" });
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();

  function enter(profile: Profile) {
    client.setQueryData(profileQuery.queryKey, profile);
    if (profile.user.passwordTemporary) return void navigate({ to: "/password", search: { redirect } });
    router.history.push(inside(redirect));
  }

  return (
    <Entrance title="Sign in to Pulse" lead="How your software organisation works, from its own systems.">
      <SignInForm onDone={enter} />
      <p className="mt-6 text-sm text-muted">
        The first time, the administrator is <span className="font-mono text-xs">admin@localhost</span>; the password
        was shown when Pulse was started. Lost it? <span className="font-mono text-xs">scripts/pulse reset-admin</span>
      </p>
    </Entrance>
  );
}

/** Only a page of Pulse itself is gone to. */
export function inside(path: string | undefined): string {
  return path && /^\/(?![/\\])/.test(path) ? path : "/";
}
