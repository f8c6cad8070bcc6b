import { useNow } from "@/lib/clock";
import { fullMoment, moment, relative, unknown } from "@/lib/format";

/** An instant in the reader's zone; the whole of it is in the tip. */
export function Time({ at }: { at: string | null | undefined }) {
  if (!at) return <span className="text-muted">{unknown}</span>;
  return (
    <time dateTime={at} title={fullMoment(at)} className="whitespace-nowrap">
      {moment(at)}
    </time>
  );
}

/** When a job goes on: in how long, or that its time has come. */
export function Due({ at }: { at: string }) {
  const now = useNow();
  if (Date.parse(at) <= now) return <span title={fullMoment(at)}>due now</span>;
  return (
    <>
      next <Since at={at} />
    </>
  );
}

/** How long ago, or in how long; it goes on counting. */
export function Since({ at, none = unknown }: { at: string | null | undefined; none?: string }) {
  const now = useNow();
  if (!at) return <span className="text-muted">{none}</span>;
  return (
    <time dateTime={at} title={fullMoment(at)} className="whitespace-nowrap">
      {relative(at, now)}
    </time>
  );
}
