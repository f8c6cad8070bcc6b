import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { jobsQuery } from "@/api/jobs";
import { Pick } from "@/components/field";
import { PageHead } from "@/components/page-head";
import { Tabs } from "@/components/tabs";
import { CoverageTab } from "@/features/quality/coverage-tab";
import { RecordsTab } from "@/features/quality/records-tab";
import { VanishedTab } from "@/features/quality/vanished-tab";

export function QuarantinePage() {
  const view = useSearch({ from: "/inside/quarantine" });
  const navigate = useNavigate({ from: "/quarantine" });
  const show = useCallback(
    (change: Partial<typeof view>) => void navigate({ search: (before) => ({ ...before, ...change }) }),
    [navigate],
  );
  const jobs = useQuery(jobsQuery).data ?? [];
  const tab = view.tab ?? "records";
  const job = jobs.find((each) => each.id === view.connection) ?? jobs[0];
  return (
    <>
      <PageHead
        title="Data quality"
        lead="What could not be read, what is read of each source, and what has vanished there"
        actions={
          tab !== "records" && jobs.length > 1 ? (
            <Pick
              label="Connection"
              value={`${job?.id ?? ""}`}
              options={jobs.map((each) => ({ value: `${each.id}`, label: each.name }))}
              onChange={(id) => show({ connection: Number(id) })}
            />
          ) : null
        }
      />
      <Tabs
        label="Data quality"
        current={tab}
        onChange={(next) => show({ tab: next, entry: undefined })}
        tabs={[
          { id: "records", label: "Quarantine", content: <RecordsTab jobs={jobs} view={view} onView={show} /> },
          { id: "coverage", label: "Coverage", content: <CoverageTab job={job} /> },
          { id: "vanished", label: "Vanished", content: <VanishedTab job={job} /> },
        ]}
      />
    </>
  );
}
