import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { ProblemNote } from "@/components/problem-note";
import { Entrance } from "@/pages/entrance";

export function MissingPage() {
  return (
    <Entrance title="There is no such page" lead="The address may be mistyped, or what it names is gone.">
      <Link to="/" className="text-accent underline">
        Go to the overview
      </Link>
    </Entrance>
  );
}

export function FailedPage({ error, reset }: ErrorComponentProps) {
  return (
    <Entrance title="This page cannot be shown">
      <ProblemNote
        thrown={error}
        onRetry={() => {
          reset();
          location.reload();
        }}
      />
    </Entrance>
  );
}
