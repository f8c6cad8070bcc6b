import { Link } from "@tanstack/react-router";
import { Menu } from "lucide-react";
import { useState } from "react";
import { Dialog } from "@/components/dialog";
import { classes } from "@/lib/words";
import type { Place } from "./navigation";
import { NavLink, useHere } from "./side-nav";

/** Where phones have their navigation: the first places, and all of them in a sheet. */
export function BottomBar({ places }: { places: readonly Place[] }) {
  const [open, setOpen] = useState(false);
  const here = useHere(places);
  const main = places.slice(0, 4);
  const tab = "flex min-w-0 flex-1 flex-col items-center gap-0.5 rounded-md px-1 py-1.5 text-2xs";
  return (
    <>
      <nav
        aria-label="Main"
        className="fixed inset-x-0 bottom-0 z-20 flex border-t bg-surface px-1 pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        {main.map((place) => (
          <Link
            key={place.to}
            to={place.to}
            aria-current={here === place.to ? "page" : undefined}
            className={classes(tab, here === place.to ? "font-semibold text-accent" : "text-muted")}
          >
            <place.icon size={20} aria-hidden />
            <span className="max-w-full truncate">{place.label}</span>
          </Link>
        ))}
        <button type="button" onClick={() => setOpen(true)} className={classes(tab, "text-muted")}>
          <Menu size={20} aria-hidden />
          More
        </button>
      </nav>
      {open && (
        <Dialog title="Go to" place="bottom" onClose={() => setOpen(false)}>
          <ul className="flex flex-col gap-1 p-3 pb-6">
            {places.map((place) => (
              <li key={place.to}>
                <NavLink place={place} active={here === place.to} onGo={() => setOpen(false)} />
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </>
  );
}
