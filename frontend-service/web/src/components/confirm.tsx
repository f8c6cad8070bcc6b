import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { TextField } from "./field";
import { ProblemNote } from "./problem-note";

interface Props {
  title: string;
  /** What will happen, and what is kept. */
  consequence: ReactNode;
  action: string;
  danger?: boolean;
  /** To be typed where data are deleted. */
  typed?: string;
  /** Whether a reason is asked for, which is kept with the act. */
  reason?: "optional" | "required";
  children?: ReactNode;
  onConfirm: (reason: string | undefined) => Promise<unknown>;
  onClose: () => void;
}

/** Says what an act leads to before it is done. */
export function Confirm({ title, consequence, action, danger, typed, reason, children, onConfirm, onClose }: Props) {
  const [words, setWords] = useState("");
  const [why, setWhy] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const held =
    typed && words !== typed
      ? `Type ${typed} first.`
      : reason === "required" && why.trim() === ""
        ? "Say why: it is kept in the audit log."
        : null;

  async function act() {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm(why.trim() || undefined);
      onClose();
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Leave it</Button>
          <Button look={danger ? "danger" : "primary"} busy={busy} why={held} onClick={act}>
            {action}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-4 px-5 py-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!held && !busy) void act();
        }}
      >
        <div className="text-ink">{consequence}</div>
        {children}
        {reason && (
          <TextField
            label={reason === "required" ? "Why" : "Why (optional)"}
            help="Kept in the audit log and with the run."
            value={why}
            onChange={setWhy}
            maxLength={500}
          />
        )}
        {typed && <TextField label={`Type ${typed} to go on`} value={words} onChange={setWords} autoComplete="off" />}
        {failure !== null && <ProblemNote thrown={failure} />}
      </form>
    </Dialog>
  );
}
