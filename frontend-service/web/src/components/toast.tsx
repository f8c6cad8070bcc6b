import { CircleCheck, CircleX, X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { asProblem } from "@/api/problem";
import { Button } from "./button";

interface Toast {
  id: number;
  text: string;
  detail?: string;
  failed: boolean;
}

let shown: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]) {
  shown = next;
  listeners.forEach((listener) => listener());
}

function show(toast: Omit<Toast, "id">) {
  const id = ++last;
  change([...shown.slice(-3), { ...toast, id }]);
  if (!toast.failed) setTimeout(() => dismiss(id), 7_000);
}

function dismiss(id: number) {
  change(shown.filter((toast) => toast.id !== id));
}

/** Says that something has happened, and what follows from it. */
export function tell(text: string, detail?: string) {
  show({ text, failed: false, ...(detail ? { detail } : {}) });
}

/** Says that something has failed; it stays until it is put away. */
export function tellFailure(thrown: unknown) {
  const problem = asProblem(thrown);
  show({ text: problem.message, detail: `${problem.detail} ${problem.remedy}`.trim(), failed: true });
}

export function Toasts() {
  const toasts = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed inset-x-3 bottom-20 z-50 flex flex-col items-end gap-2 md:bottom-4"
    >
      {toasts.map((toast) => (
        <div
          key={toast.id}
          className="pointer-events-auto flex w-full max-w-md items-start gap-2.5 rounded-lg border bg-raised py-2.5 pr-2 pl-3 text-sm shadow-raised"
        >
          {toast.failed ? (
            <CircleX size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
          ) : (
            <CircleCheck size={16} className="mt-0.5 shrink-0 text-good" aria-hidden />
          )}
          <div className="min-w-0 flex-1">
            <p className="font-medium">{toast.text}</p>
            {toast.detail && <p className="text-muted">{toast.detail}</p>}
          </div>
          <Button look="quiet" small label="Put away" icon={<X size={14} />} onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
