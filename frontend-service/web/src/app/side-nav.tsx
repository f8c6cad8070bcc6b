import { Link, useLocation } from "@tanstack/react-router";
import { classes } from "@/lib/words";
import { Logo } from "./logo";
import type { Place } from "./navigation";

/** The longest place that the address lies in. */
export function useHere(places: readonly Place[]): string | undefined {
  const path = useLocation({ select: (location) => location.pathname });
  return places
    .map((place) => place.to)
    .filter((to) => (to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`)))
    .toSorted((a, b) => b.length - a.length)[0];
}

const groups = ["See", "Data", "Run Pulse"] as const;

export function SideNav({ places }: { places: readonly Place[] }) {
  const here = useHere(places);
  return (
    <nav aria-label="Main" className="sticky top-0 hidden h-dvh w-54 shrink-0 flex-col gap-5 overflow-y-auto border-r px-3 py-4 md:flex">
      <Link to="/" className="flex items-center gap-2.5 rounded-md px-2 text-lg font-semibold tracking-tight">
        <Logo /> Pulse
      </Link>
      {groups.map((group) => (
        <div key={group}>
          <p className="px-2 pb-1 text-xs text-muted">{group}</p>
          <ul className="flex flex-col gap-px">
            {places
              .filter((place) => place.group === group)
              .map((place) => (
                <li key={place.to}>
                  <NavLink place={place} active={here === place.to} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

export function NavLink({ place, active, onGo }: { place: Place; active: boolean; onGo?: () => void }) {
  const Icon = place.icon;
  return (
    <Link
      to={place.to}
      onClick={onGo}
      aria-current={active ? "page" : undefined}
      className={classes(
        "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors",
        active ? "bg-accent-soft font-medium text-accent" : "text-muted hover:bg-hover hover:text-ink",
      )}
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      {place.label}
    </Link>
  );
}
