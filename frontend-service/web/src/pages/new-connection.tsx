import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { connectorsQuery } from "@/api/connections";
import { PageHead } from "@/components/page-head";
import { Empty, Loaded } from "@/components/panel";
import { Wizard } from "@/features/connections/wizard";

export function ChooseSourcePage() {
  const connectors = useQuery(connectorsQuery);
  return (
    <>
      <PageHead title="Connect a source" lead="Pulse reads it and never writes to it" />
      <Loaded query={connectors}>
        {(all) => (
          <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
            {all.map((connector) => (
              <li key={connector.id}>
                <Link
                  to="/connections/new/$type"
                  params={{ type: connector.id }}
                  className="flex items-center justify-between gap-3 rounded-lg border bg-surface px-4 py-4 font-medium hover:bg-hover"
                >
                  {connector.label}
                  <ChevronRight size={16} className="text-muted" aria-hidden />
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

export function NewConnectionPage() {
  const { type } = useParams({ from: "/inside/connections/new/$type" });
  const connectors = useQuery(connectorsQuery);
  return (
    <Loaded query={connectors}>
      {(all) => {
        const connector = all.find((each) => each.id === type);
        if (!connector) {
          return (
            <Empty title="There is no such source" action={<Link to="/connections/new" className="text-accent underline">Choose one</Link>}>
              This Pulse cannot read “{type}”.
            </Empty>
          );
        }
        return (
          <>
            <PageHead title={`Connect ${connector.label}`} lead="Nothing is saved before the last step" />
            <Wizard key={connector.id} connector={connector} />
          </>
        );
      }}
    </Loaded>
  );
}
