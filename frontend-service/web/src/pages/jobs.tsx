import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { pollingJobsQuery, useLine } from "@/lib/live";
import { AllJobs, PauseNote } from "@/components/all-jobs";
import { PageHead } from "@/components/page-head";
import { Empty, Loaded, Skeleton } from "@/components/panel";
import { JobsTable } from "@/features/jobs/jobs-table";
import { ScheduleDialog } from "@/features/jobs/schedule-dialog";
import { plural } from "@/lib/format";

export function JobsPage() {
  const view = useSearch({ from: "/inside/jobs" });
  const navigate = useNavigate({ from: "/jobs" });
  const jobs = useQuery(pollingJobsQuery(useLine()));
  const edit = (schedule: number | undefined) => void navigate({ search: (before) => ({ ...before, schedule }) });
  const edited = jobs.data?.find((job) => job.id === view.schedule);
  const running = jobs.data?.filter((job) => job.state === "RUNNING").length ?? 0;
  return (
    <>
      <PageHead
        title="Jobs"
        lead={jobs.data ? `${plural(jobs.data.length, "connection")} to read, ${running} being read now` : "Each reads one connection"}
        actions={<AllJobs />}
      />
      <PauseNote />
      <div className="rounded-lg border bg-surface">
        <Loaded query={jobs} skeleton={<Skeleton rows={6} className="p-4" />}>
          {(all) =>
            all.length === 0 ? (
              <Empty
                title="Nothing is read yet"
                action={
                  <Link to="/connections/new" className="inline-flex h-8 items-center rounded-md bg-accent px-3 text-sm font-medium text-on-accent">
                    Connect a source
                  </Link>
                }
              >
                Once a source is connected, its job stands here: how far it is, when it is due, and what went wrong.
              </Empty>
            ) : (
              <JobsTable jobs={all} view={view} onSchedule={(job) => edit(job.id)} />
            )
          }
        </Loaded>
      </div>
      {edited && <ScheduleDialog job={edited} onClose={() => edit(undefined)} />}
    </>
  );
}
