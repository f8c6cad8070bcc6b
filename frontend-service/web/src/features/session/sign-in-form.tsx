import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Problem } from "@/api/problem";
import { signIn } from "@/api/session";
import type { Profile } from "@/api/types";
import { Button } from "@/components/button";
import { TextField } from "@/components/field";
import { ProblemNote } from "@/components/problem-note";
import { Note } from "@/components/status";
import { useNow } from "@/lib/clock";
import { duration } from "@/lib/format";

/** E-mail and password; says for how long to wait when there were too many tries. */
export function SignInForm({ email: known = "", onDone }: { email?: string; onDone: (profile: Profile) => void }) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [visible, setVisible] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [resting, setResting] = useState({ until: 0, seconds: 0 });
  const rest = Math.min(resting.seconds, Math.max(0, Math.ceil((resting.until - useNow()) / 1000)));

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy || rest > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      onDone(await signIn(email, password));
    } catch (problem) {
      if (problem instanceof Problem && problem.retryAfterSeconds) {
        setResting({ until: Date.now() + problem.retryAfterSeconds * 1000, seconds: problem.retryAfterSeconds });
      } else setFailure(problem);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <TextField
        label="E-mail"
        name="email"
        type="text"
        inputMode="email"
        autoComplete="username"
        autoFocus={!known}
        required
        value={email}
        onChange={setEmail}
      />
      <TextField
        label="Password"
        name="password"
        type={visible ? "text" : "password"}
        autoComplete="current-password"
        data-first={known ? true : undefined}
        required
        value={password}
        onChange={setPassword}
        aside={
          <Button
            label={visible ? "Hide the password" : "Show the password"}
            icon={visible ? <EyeOff size={16} /> : <Eye size={16} />}
            className="size-9!"
            onClick={() => setVisible(!visible)}
          />
        }
      />
      {rest > 0 && (
        <div role="status">
          <Note tone="wait">
            Too many wrong passwords. You can try again in <b className="tabular-nums">{duration(rest)}</b>.
          </Note>
        </div>
      )}
      {failure !== null && <ProblemNote thrown={failure} />}
      <Button look="primary" type="submit" busy={busy} why={rest > 0 ? `Wait ${duration(rest)}.` : null} className="h-9">
        {busy ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
}
