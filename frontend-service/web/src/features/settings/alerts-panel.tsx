import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { alertQuery, alertsQuery, deleteAlert, testAlert } from "@/api/operations";
import type { Alert } from "@/api/types";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { Empty, Loaded, Panel } from "@/components/panel";
import { Tag } from "@/components/status";
import { Since } from "@/components/time";
import { tell, tellFailure } from "@/components/toast";
import { useMissing } from "@/lib/me";
import { sentence } from "@/lib/words";
import { AlertDialog } from "./alert-dialog";

/** Who is told when something goes wrong while nobody looks. */
export function AlertsPanel() {
  const mayNot = useMissing("settings:write");
  const alerts = useQuery({ ...alertsQuery, enabled: !mayNot });
  const [edited, setEdited] = useState<Alert | "new" | null>(null);
  const [doomed, setDoomed] = useState<Alert | null>(null);
  if (mayNot) return <Empty title="Alerts">{mayNot}</Empty>;
  return (
    <Panel title="Alerts" flush aside={<Button small look="primary" onClick={() => setEdited("new")}>Add one</Button>}>
      <Loaded query={alerts}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="Nobody is told">An alert calls an address, or sends a mail, when a job fails or is late, an allowance runs low, or many records cannot be read.</Empty>
          ) : (
            <ul className="divide-y">
              {all.map((alert) => (
                <Row key={alert.id} alert={alert} onEdit={() => setEdited(alert)} onDelete={() => setDoomed(alert)} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {edited && (
        <AlertDialog
          alert={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null);
            void alerts.refetch();
            tell("The alert is saved");
          }}
        />
      )}
      {doomed && (
        <Confirm
          title={`Delete the alert ${doomed.name}?`}
          consequence="Nobody is told by it any more."
          action="Delete"
          danger
          onConfirm={async () => {
            await deleteAlert(doomed.id);
            void alerts.refetch();
            tell("Deleted");
          }}
          onClose={() => setDoomed(null)}
        />
      )}
    </Panel>
  );
}

function Row({ alert, onEdit, onDelete }: { alert: Alert; onEdit: () => void; onDelete: () => void }) {
  const incidents = useQuery(alertQuery(alert.id)).data?.incidents ?? [];
  const open = incidents.filter((incident) => incident.endedAt === null);
  const [busy, setBusy] = useState(false);

  async function test() {
    setBusy(true);
    try {
      const outcome = await testAlert(alert.id);
      if (outcome.delivered) tell("The test has arrived", outcome.detail);
      else tellFailure(new Error(outcome.detail));
    } catch (failure) {
      tellFailure(failure);
    }
    setBusy(false);
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-60">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {alert.name}
          {!alert.enabled && <Tag>off</Tag>}
          {open.length > 0 && <Tag tone="bad">{open.length} going on</Tag>}
        </p>
        <p className="break-all text-muted">
          {alert.watched.conditions.map((condition) => sentence(condition).toLowerCase()).join(", ")} → {alert.channel === "MAIL" ? alert.to.join(", ") : alert.url}
        </p>
        {open.map((incident) => (
          <p key={incident.id}>
            {incident.summary} (<Since at={incident.openedAt} />)
          </p>
        ))}
      </div>
      <Button small busy={busy} onClick={() => void test()}>{busy ? "Sending…" : "Send a test"}</Button>
      <Button small onClick={onEdit}>Edit</Button>
      <Button small look="danger" onClick={onDelete}>Delete</Button>
    </li>
  );
}
