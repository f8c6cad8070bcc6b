import { useQuery } from "@tanstack/react-query";
import { jobErrorsQuery } from "@/api/jobs";
import { Loaded, Panel } from "@/components/panel";
import { Tag } from "@/components/status";
import { Since } from "@/components/time";
import { plural } from "@/lib/format";
import type { Failure } from "@/api/types";

/** Whose problem a failure is, in words. */
export const whose: Record<Failure["category"], string> = {
  CONFIGURATION: "yours to mend",
  SOURCE: "of the source",
  CAPACITY: "passes by itself",
  INTERNAL: "of Pulse",
};

/** What has gone wrong with this job, equal things together, each with what can be done. */
export function Failures({ job }: { job: number }) {
  const kinds = useQuery(jobErrorsQuery(job));
  return (
    <Panel title="What went wrong, by kind" aside="of all runs of this job">
      <Loaded query={kinds}>
        {(all) =>
          all.length === 0 ? (
            <p className="text-sm text-muted">Nothing has gone wrong.</p>
          ) : (
            <ul className="flex flex-col divide-y">
              {all.map((kind) => (
                <li key={`${kind.code} ${kind.stream ?? ""}`} className="flex flex-col gap-1 py-2.5 text-sm first:pt-0 last:pb-0">
                  <span className="flex flex-wrap items-center gap-2">
                    <Tag tone={kind.category === "CAPACITY" ? "wait" : kind.category === "CONFIGURATION" ? "bad" : "warn"}>
                      {whose[kind.category]}
                    </Tag>
                    <span className="font-mono text-xs">{kind.code}</span>
                    {kind.stream && <span className="text-muted">{kind.stream}</span>}
                    <span className="ml-auto text-muted">
                      {plural(kind.count, "time")}, last <Since at={kind.lastSeen} />
                    </span>
                  </span>
                  <span className="break-words">{kind.example.message}</span>
                  {kind.example.remedy && <span className="break-words text-muted">{kind.example.remedy}</span>}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}
