import { useNavigate, useSearch } from "@tanstack/react-router";
import { PageHead } from "@/components/page-head";
import { LogFiles } from "@/features/logs/log-files";
import { RecentLog } from "@/features/logs/recent-log";

export function LogsPage() {
  const filter = useSearch({ from: "/inside/logs" });
  const navigate = useNavigate({ from: "/logs" });
  return (
    <>
      <PageHead title="Logs" lead="What the data engine says while it goes on" />
      <div className="flex flex-col gap-5">
        <RecentLog filter={filter} onFilter={(next) => void navigate({ search: next, replace: true })} />
        <LogFiles />
      </div>
    </>
  );
}
