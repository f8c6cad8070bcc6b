import { useQuery } from "@tanstack/react-query";
import { estimate } from "@/api/connections";
import type { ConnectionInput } from "@/api/types";
import { Figures } from "@/components/figures";
import { Loaded, Skeleton } from "@/components/panel";
import { bytes, compact, count } from "@/lib/format";

/** What the first reading will cost, as the source counts. */
export function EstimatePanel({ input }: { input: ConnectionInput }) {
  const { connector, settings, scope, startFrom } = input;
  const query = useQuery({
    queryKey: ["estimate", connector, settings, scope, startFrom],
    queryFn: () => estimate(input),
    staleTime: 60_000,
    retry: false,
  });
  return (
    <Loaded query={query} skeleton={<Skeleton rows={3} />}>
      {(cost) => (
        <div className="flex flex-col gap-3">
          <Figures
            figures={[
              { label: "Records", value: `≈ ${compact(cost.records)}` },
              { label: "Requests", value: `≈ ${compact(cost.requests)}`, note: "of the source's allowance" },
              { label: "On disk", value: `≈ ${bytes(cost.diskBytes)}` },
            ]}
          />
          <details className="text-sm">
            <summary className="text-muted">By stream</summary>
            <table className="mt-2 w-full text-sm">
              <thead className="text-left text-xs text-muted">
                <tr>
                  <th className="py-1">Stream</th>
                  <th className="py-1 text-right">Records</th>
                  <th className="py-1 text-right">Requests</th>
                </tr>
              </thead>
              <tbody>
                {cost.streams.map((stream) => (
                  <tr key={stream.stream} className="border-t">
                    <td className="py-1">{stream.stream}</td>
                    <td className="py-1 text-right tabular-nums">{count(stream.records)}</td>
                    <td className="py-1 text-right tabular-nums">{count(stream.requests)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </details>
        </div>
      )}
    </Loaded>
  );
}
