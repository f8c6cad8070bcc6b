import { useState } from "react";
import { changeUser, invite } from "@/api/operations";
import { asProblem, type Problem } from "@/api/problem";
import type { Invited, RoleName, User } from "@/api/types";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { SelectField, TextField } from "@/components/field";
import { ProblemNote } from "@/components/problem-note";

const roles: readonly { value: RoleName; label: string }[] = [
  { value: "VIEWER", label: "Viewer: reads" },
  { value: "OPERATOR", label: "Operator: also starts, pauses and stops jobs" },
  { value: "ANALYST", label: "Analyst: also corrects links and mappings" },
  { value: "ADMIN", label: "Admin: everything" },
];

/** Invites somebody, or changes who somebody is here. */
export function UserDialog({ user, onDone, onClose }: {
  user: User | null;
  onDone: (invited: Invited | null) => void;
  onClose: () => void;
}) {
  const [email, setEmail] = useState(user?.email ?? "");
  const [name, setName] = useState(user?.name ?? "");
  const [role, setRole] = useState<RoleName>(user?.role ?? "VIEWER");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    setProblem(null);
    try {
      if (user) {
        await changeUser(user, name, role);
        onDone(null);
      } else onDone(await invite(email, name, role));
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  }

  return (
    <Dialog title={user ? `Change ${user.name}` : "Invite somebody"} onClose={onClose}>
      <form
        className="flex flex-col gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {!user && (
          <TextField label="E-mail" type="email" required value={email} error={problem?.fields["email"]} onChange={setEmail} />
        )}
        <TextField label="Name" required maxLength={100} value={name} error={problem?.fields["name"]} onChange={setName} />
        <SelectField label="Role" value={role} options={roles} onChange={(value) => setRole(value as RoleName)} />
        {problem && <ProblemNote thrown={problem} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Leave it</Button>
          <Button look="primary" type="submit" busy={busy}>
            {user ? "Save" : "Invite"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
