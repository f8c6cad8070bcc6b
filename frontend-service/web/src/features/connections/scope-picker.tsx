import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { discover } from "@/api/connections";
import type { ConnectionInput } from "@/api/types";
import { Button } from "@/components/button";
import { Check } from "@/components/field";
import { Loaded, Skeleton } from "@/components/panel";
import { count } from "@/lib/format";

/** Chooses projects or repositories among those that the token can see, searched at the source itself. */
export function ScopePicker({ input, include, onChange }: {
  input: ConnectionInput;
  include: readonly string[];
  onChange: (include: string[]) => void;
}) {
  const [words, setWords] = useState("");
  const query = useDeferredValue(words.trim());
  const found = useQuery({
    queryKey: ["discover", input.connector, input.settings, query],
    queryFn: () => discover(input, query),
    staleTime: 60_000,
    retry: false,
  });
  const everything = include.length === 0;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="text-sm font-medium">What is read</legend>
      <Check
        label="Everything the token can see"
        help="Also what is added later."
        checked={everything}
        onChange={(on) => onChange(on ? [] : (found.data?.items.map((element) => element.externalId) ?? []))}
      />
      <input
        type="search"
        aria-label="Search at the source"
        placeholder="Search by name"
        value={words}
        maxLength={100}
        onChange={(event) => setWords(event.target.value)}
        className="h-9 rounded-md border border-line-strong bg-surface px-2.5"
      />
      <div className="max-h-80 min-h-40 overflow-y-auto rounded-md border" tabIndex={0} role="group" aria-label="Found at the source">
        <Loaded query={found} skeleton={<Skeleton rows={5} className="p-3" />}>
          {({ items, next }) =>
            items.length === 0 ? (
              <p className="p-4 text-sm text-muted">{query ? `Nothing is called “${query}”.` : "The token can see nothing."}</p>
            ) : (
              <ul className="divide-y">
                {items.map((element) => (
                  <li key={element.externalId} className="px-3 py-2">
                    <Check
                      label={element.name}
                      help={[element.label === element.name ? "" : element.label, ...Object.entries(element.attributes).map(([key, value]) => `${key}: ${value}`)].filter(Boolean).join(" · ")}
                      checked={everything || include.includes(element.externalId)}
                      onChange={(on) => {
                        const before = everything ? items.map((each) => each.externalId) : include;
                        const after = before.filter((id) => id !== element.externalId);
                        onChange(on ? [...after, element.externalId] : after);
                      }}
                    />
                  </li>
                ))}
                {next !== null && <li className="px-3 py-2 text-sm text-muted">There are more: search for them by name.</li>}
              </ul>
            )
          }
        </Loaded>
      </div>
      {!everything && (
        <p className="flex items-center gap-2 text-sm text-muted">
          {count(include.length)} chosen
          <Button small look="quiet" onClick={() => onChange([])}>
            Choose everything
          </Button>
        </p>
      )}
    </fieldset>
  );
}
