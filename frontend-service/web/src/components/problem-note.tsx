import { CircleX, RotateCw } from "lucide-react";
import { asProblem } from "@/api/problem";
import { Button } from "./button";

/** What went wrong, what can be done, and by which id the log knows it. */
export function ProblemNote({ thrown, onRetry }: { thrown: unknown; onRetry?: () => void }) {
  const problem = asProblem(thrown);
  const fields = Object.entries(problem.fields);
  return (
    <div role="alert" className="flex items-start gap-3 rounded-md bg-bad-soft px-3 py-2.5 text-sm">
      <CircleX size={16} className="mt-0.5 shrink-0 text-bad" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{problem.message}</p>
        {problem.detail && <p className="break-words text-ink">{problem.detail}</p>}
        {fields.length > 0 && (
          <ul className="list-disc pl-4 text-ink">
            {fields.map(([field, message]) => (
              <li key={field}>
                <span className="font-mono text-xs">{field}</span>: {message}
              </li>
            ))}
          </ul>
        )}
        <p className="mt-0.5 text-ink">{problem.remedy}</p>
        {problem.requestId && (
          <p className="mt-1 font-mono text-2xs break-all text-muted">request {problem.requestId}</p>
        )}
      </div>
      {onRetry && (
        <Button small icon={<RotateCw size={14} />} onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}
