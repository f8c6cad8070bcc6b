import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { budgetsQuery, connectionsQuery, connectorsQuery, deleteConnection, sourcesQuery } from "@/api/connections";
import type { Connection } from "@/api/types";
import { BudgetRow } from "@/components/budget-gauge";
import { Button } from "@/components/button";
import { Confirm } from "@/components/confirm";
import { PageHead } from "@/components/page-head";
import { Empty, Loaded, Panel, Skeleton } from "@/components/panel";
import { tell } from "@/components/toast";
import { ConnectionCard } from "@/features/connections/connection-card";
import { EditConnection } from "@/features/connections/edit-connection";
import { useMissing } from "@/lib/me";
import { pollingJobsQuery, useLine } from "@/lib/live";

export function ConnectionsPage() {
  const { edit } = useSearch({ from: "/inside/connections" });
  const navigate = useNavigate({ from: "/connections" });
  const client = useQueryClient();
  const connections = useQuery(connectionsQuery);
  const connectors = useQuery(connectorsQuery).data ?? [];
  const jobs = useQuery(pollingJobsQuery(useLine())).data ?? [];
  const sources = useQuery(sourcesQuery).data ?? [];
  const budgets = useQuery(budgetsQuery);
  const mayNot = useMissing("connections:write");
  const [doomed, setDoomed] = useState<Connection | null>(null);
  const edited = connections.data?.find((each) => each.id === edit);
  const connector = connectors.find((each) => each.id === edited?.connector);
  const show = (id: number | undefined) => void navigate({ search: { edit: id } });
  const add = (
    <Button look="primary" icon={<Plus size={15} />} why={mayNot} onClick={() => void navigate({ to: "/connections/new" })}>
      Connect a source
    </Button>
  );

  return (
    <>
      <PageHead title="Connections" lead="What Pulse reads, and with whose token" actions={add} />
      <Loaded query={connections} skeleton={<Skeleton rows={6} />}>
        {(all) =>
          all.length === 0 ? (
            <div className="rounded-lg border bg-surface">
              <Empty title="Nothing is connected" action={<Link to="/connections/new" className="text-accent underline">Connect the first source</Link>}>
                Each source that Pulse reads stands here, with how fresh it is and what its token lacks.
              </Empty>
            </div>
          ) : (
            <div className="flex flex-col gap-5">
              <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
                {all.map((connection) => (
                  <ConnectionCard
                    key={connection.id}
                    connection={connection}
                    label={connectors.find((each) => each.id === connection.connector)?.label ?? connection.connector}
                    job={jobs.find((job) => job.id === connection.id)}
                    sources={sources}
                    onEdit={() => show(connection.id)}
                    onDelete={() => setDoomed(connection)}
                  />
                ))}
              </div>
              <Panel title="What the sources allow" aside="per account, whoever uses it">
                <Loaded query={budgets}>
                  {(known) =>
                    known.length === 0 ? (
                      <p className="text-sm text-muted">Nothing is known before something has been read.</p>
                    ) : (
                      <div className="grid gap-x-8 lg:grid-cols-2">
                        {known.map((budget) => (
                          <BudgetRow key={`${budget.budgetKey} ${budget.resource}`} budget={budget} />
                        ))}
                      </div>
                    )
                  }
                </Loaded>
              </Panel>
            </div>
          )
        }
      </Loaded>
      {edited && connector && <EditConnection connection={edited} connector={connector} onClose={() => show(undefined)} />}
      {doomed && (
        <Confirm
          title={`Delete ${doomed.name}?`}
          consequence="The connection, its secrets, its job, its checkpoints and everything that was read through it are deleted. This cannot be taken back; connecting again reads everything anew."
          action="Delete"
          danger
          typed={doomed.name}
          reason="optional"
          onConfirm={async (reason) => {
            await deleteConnection(doomed.id, reason);
            await client.invalidateQueries();
            tell(`${doomed.name} is deleted`);
          }}
          onClose={() => setDoomed(null)}
        />
      )}
    </>
  );
}
