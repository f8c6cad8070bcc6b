import { Link } from "@tanstack/react-router";
import { ChevronRight, CircleCheck, CircleX, TriangleAlert } from "lucide-react";
import { Panel } from "@/components/panel";
import { toneText } from "@/components/status";
import type { Matter } from "./attention";

/** What needs somebody, each with the way to where it is mended. */
export function AttentionPanel({ matters }: { matters: readonly Matter[] }) {
  return (
    <Panel title="Needs attention" flush aside={matters.length > 0 && `${matters.length}`}>
      {matters.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4 text-sm">
          <CircleCheck size={16} className="text-good" aria-hidden /> Nothing needs you.
        </p>
      ) : (
        <ul className="divide-y">
          {matters.map((matter) => (
            <li key={matter.id}>
              <MatterLink matter={matter} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const row = "flex items-start gap-3 px-4 py-3 text-sm hover:bg-hover";

function MatterLink({ matter }: { matter: Matter }) {
  const Icon = matter.tone === "bad" ? CircleX : TriangleAlert;
  const content = (
    <>
      <Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${toneText[matter.tone]}`} />
      <span className="min-w-0 flex-1">
        <span className="block font-medium break-words">{matter.what}</span>
        <span className="block break-words text-muted">{matter.next}</span>
      </span>
      <ChevronRight size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />
    </>
  );
  if (matter.to === "run" && matter.run) {
    return (
      <Link to="/jobs/runs/$runId" params={{ runId: matter.run }} className={row}>
        {content}
      </Link>
    );
  }
  if (matter.to === "quarantine") {
    return (
      <Link to="/quarantine" search={{ connection: matter.connection }} className={row}>
        {content}
      </Link>
    );
  }
  return (
    <Link to={matter.to === "connections" ? "/connections" : "/jobs"} className={row}>
      {content}
    </Link>
  );
}
