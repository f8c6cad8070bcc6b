import { useQuery } from "@tanstack/react-query";
import { Chart } from "@/components/chart";
import { decimal } from "@/lib/format";
import { paceQuery } from "@/lib/observed";

/** How fast rows come, since this page was opened; nobody keeps what was before. */
export function PaceChart({ run }: { run: number }) {
  const pace = useQuery(paceQuery(run)).data ?? [];
  if (pace.length < 2) return null;
  return (
    <Chart
      title="Throughput"
      unit="rows per second, since this page was opened"
      format={decimal}
      series={[
        {
          name: "rows per second",
          kind: "line",
          mark: { text: "text-accent" },
          points: pace.map(({ at, rowsPerSecond }) => ({ at, value: rowsPerSecond })),
        },
      ]}
    />
  );
}
