import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { changePassword, profileQuery } from "@/api/session";
import { PasswordForm } from "@/features/session/password-form";
import { Entrance } from "./entrance";
import { inside } from "./login";

export function PasswordPage() {
  const { redirect } = useSearch({ from: "/password" });
  const client = useQueryClient();
  const router = useRouter();
  const { user } = useSuspenseQuery(profileQuery).data;

  async function save(password: string, current: string) {
    await changePassword(current, password);
    await client.invalidateQueries({ queryKey: profileQuery.queryKey });
    router.history.push(inside(redirect));
  }

  return (
    <Entrance
      title="Choose a password"
      lead={
        user.passwordTemporary
          ? "The one you came in with was made for this moment only. Choose your own to go on."
          : "Your other sessions are ended by it."
      }
    >
      <PasswordForm withCurrent action="Use this password" onSave={save} />
    </Entrance>
  );
}
