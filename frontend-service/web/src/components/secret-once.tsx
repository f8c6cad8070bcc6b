import { Copy } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Note } from "./status";
import { tell, tellFailure } from "./toast";

/** Shows something that nobody will be shown again. */
export function SecretOnce({ title, secret, children, onClose }: {
  title: string;
  secret: string;
  children: ReactNode;
  onClose: () => void;
}) {
  return (
    <Dialog title={title} onClose={onClose} footer={<Button look="primary" onClick={onClose}>I have kept it</Button>}>
      <div className="flex flex-col gap-4 px-5 py-4">
        <div>{children}</div>
        <div className="flex items-start gap-2">
          <code className="min-w-0 flex-1 rounded-md bg-sunken p-2.5 font-mono text-xs break-all">{secret}</code>
          <Button
            label="Copy"
            icon={<Copy size={15} />}
            onClick={() => void navigator.clipboard.writeText(secret).then(() => tell("Copied"), tellFailure)}
          />
        </div>
        <Note tone="warn">It is shown this once.</Note>
      </div>
    </Dialog>
  );
}
