import { type FormEvent, useState } from "react";
import { Button } from "@/components/button";
import { Check, TextField } from "@/components/field";
import { ProblemNote } from "@/components/problem-note";

/** Chooses a password; the current one is asked for unless a link stands for it. */
export function PasswordForm({ withCurrent, action, onSave }: {
  withCurrent: boolean;
  action: string;
  onSave: (password: string, current: string) => Promise<void>;
}) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [visible, setVisible] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const type = visible ? "text" : "password";

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      await onSave(password, current);
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {withCurrent && (
        <TextField
          label="Current password"
          type={type}
          autoComplete="current-password"
          required
          value={current}
          onChange={setCurrent}
        />
      )}
      <TextField
        label="New password"
        help="At least 12 characters. A few words that only you would put together are good."
        type={type}
        autoComplete="new-password"
        required
        value={password}
        onChange={setPassword}
      />
      <Check label="Show what I type" checked={visible} onChange={setVisible} />
      {failure !== null && <ProblemNote thrown={failure} />}
      <Button look="primary" type="submit" busy={busy} className="h-9">
        {action}
      </Button>
    </form>
  );
}
