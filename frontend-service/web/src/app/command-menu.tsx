import { useNavigate } from "@tanstack/react-router";
import { useQuery } from "@tanstack/react-query";
import { Activity, type LucideIcon, Moon, Sun } from "lucide-react";
import { useId, useState } from "react";
import { jobsQuery } from "@/api/jobs";
import { Dialog } from "@/components/dialog";
import { setTheme } from "@/lib/theme";
import { classes } from "@/lib/words";
import type { Place } from "./navigation";

interface Entry {
  id: string;
  label: string;
  hint: string;
  icon: LucideIcon;
  run: () => void;
}

/** Ctrl/Cmd-K: everywhere one can go, by typing a part of its name. */
export function CommandMenu({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();
  const entries = useEntries(places).filter((entry) => matches(`${entry.label} ${entry.hint}`, words));
  const current = entries[Math.min(at, entries.length - 1)];

  function choose(entry: Entry | undefined) {
    if (!entry) return;
    onClose();
    entry.run();
  }

  return (
    <Dialog title="Go to or do" hideTitle place="top" onClose={onClose}>
      <input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current ? `${list}-${current.id}` : undefined}
        aria-label="Go to or do"
        placeholder="Where to? A page, or a job by its name"
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") setAt(Math.min(at + 1, entries.length - 1));
          else if (event.key === "ArrowUp") setAt(Math.max(at - 1, 0));
          else if (event.key === "Enter") choose(current);
          else return;
          event.preventDefault();
        }}
        className="w-full border-b bg-transparent px-4 py-3.5 text-lg outline-none placeholder:text-muted"
      />
      <ul id={list} role="listbox" aria-label="Results" className="p-1.5">
        {entries.map((entry) => (
          // The keyboard stays in the field above; the pointer may choose here.
          <li
            key={entry.id}
            id={`${list}-${entry.id}`}
            role="option"
            aria-selected={entry === current}
            onMouseDown={() => choose(entry)}
            className={classes("flex cursor-pointer items-center gap-3 rounded-md px-3 py-2", entry === current && "bg-accent-soft")}
          >
            <entry.icon size={16} aria-hidden className="shrink-0 text-muted" />
            <span className="min-w-0 flex-1 truncate">{entry.label}</span>
            <span className="text-xs text-muted">{entry.hint}</span>
          </li>
        ))}
      </ul>
      {entries.length === 0 && <p className="px-4 pb-4 text-sm text-muted">Nothing is called so.</p>}
    </Dialog>
  );
}

function useEntries(places: readonly Place[]): Entry[] {
  const navigate = useNavigate();
  const mayRead = places.some((place) => place.to === "/jobs");
  const jobs = useQuery({ ...jobsQuery, enabled: mayRead }).data ?? [];
  return [
    ...places.map((place, index) => ({
      id: `p${index}`,
      label: place.label,
      hint: `g ${place.key}`,
      icon: place.icon,
      run: () => void navigate({ to: place.to }),
    })),
    ...jobs.map((job) => ({
      id: `j${job.id}`,
      label: job.name,
      hint: job.runId ? "last run" : "job",
      icon: Activity,
      run: () =>
        void (job.runId
          ? navigate({ to: "/jobs/runs/$runId", params: { runId: job.runId } })
          : navigate({ to: "/jobs" })),
    })),
    { id: "light", label: "Light theme", hint: "appearance", icon: Sun, run: () => setTheme("light") },
    { id: "dark", label: "Dark theme", hint: "appearance", icon: Moon, run: () => setTheme("dark") },
  ];
}

function matches(text: string, words: string): boolean {
  const lower = text.toLowerCase();
  return words.toLowerCase().split(/\s+/).every((word) => lower.includes(word));
}
