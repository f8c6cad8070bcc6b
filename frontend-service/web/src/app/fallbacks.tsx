import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { ProblemNote } from "@/components/problem-note";
import { Empty } from "@/components/panel";

export function MissingPage() {
  return (
    <Empty title="There is no such page" action={<Link to="/" className="text-accent underline">Go to the overview</Link>}>
      The address may be mistyped, or what it names is gone.
    </Empty>
  );
}

export function FailedPage({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto max-w-2xl px-4 py-12">
      <ProblemNote thrown={error} onRetry={() => (reset(), location.reload())} />
    </div>
  );
}
