import { queryOptions, useQuery } from "@tanstack/react-query";
import { Loaded, Panel } from "@/components/panel";
import { Figures } from "@/components/figures";

const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: async () => {
    const answer = await fetch("/health");
    return (await answer.json()) as { status: string; service: string; version: string };
  },
});

/** Which Pulse this is. */
export function About() {
  return (
    <Panel title="About">
      <Loaded query={useQuery(healthQuery)}>
        {(health) => (
          <div className="flex flex-col gap-4">
            <Figures
              figures={[
                { label: "Version", value: health.version },
                { label: "This server", value: health.status === "UP" ? "up" : health.status.toLowerCase(), note: health.service },
              ]}
            />
            <p className="text-sm text-muted">
              Pulse is self-hosted: nothing leaves your network except the requests to your own sources, and the alerts that you set up.
            </p>
          </div>
        )}
      </Loaded>
    </Panel>
  );
}
