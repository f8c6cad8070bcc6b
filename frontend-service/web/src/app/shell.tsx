import { useQueryClient } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { whenSessionIsOver } from "@/api/client";
import { Button } from "@/components/button";
import { Dialog } from "@/components/dialog";
import { Note } from "@/components/status";
import { Toasts } from "@/components/toast";
import { SessionOver } from "@/features/session/session-over";
import { useProfile } from "@/lib/me";
import { BottomBar } from "./bottom-bar";
import { CommandMenu } from "./command-menu";
import { LineIndicator } from "./line-indicator";
import { followEvents } from "@/lib/live";
import { Logo } from "./logo";
import { type Place, placesFor } from "./navigation";
import { useShortcuts } from "./shortcuts";
import { SideNav } from "./side-nav";
import { ThemeMenu, UserMenu } from "./user-menu";

/** What stands around every page. */
export function Shell() {
  const client = useQueryClient();
  const { permissions, insecure } = useProfile();
  const places = placesFor(permissions);
  const [open, setOpen] = useState<"menu" | "help" | null>(null);
  const [sessionOver, setSessionOver] = useState(false);
  useShortcuts(places, { menu: () => setOpen("menu"), help: () => setOpen("help") });
  const mayRead = permissions.includes("jobs:read");
  useEffect(() => (mayRead ? followEvents(client) : undefined), [client, mayRead]);
  useEffect(() => whenSessionIsOver(() => setSessionOver(true)), []);

  return (
    <div className="flex min-h-dvh">
      <a href="#content" className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to the content
      </a>
      <SideNav places={places} />
      <div className="flex min-w-0 flex-1 flex-col pb-20 md:pb-0">
        <header className="flex h-12 items-center gap-1 px-4 md:px-8">
          <span className="md:hidden">
            <Logo />
          </span>
          <Button look="quiet" icon={<Search size={15} />} onClick={() => setOpen("menu")} className="max-md:ml-1 md:-ml-3">
            Go to
            <kbd className="rounded-sm border px-1 font-mono text-2xs text-muted max-md:hidden">Ctrl K</kbd>
          </Button>
          <span className="flex-1" />
          {mayRead && <LineIndicator />}
          <ThemeMenu />
          <UserMenu />
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[84rem] flex-1 px-4 pt-2 pb-12 outline-none md:px-8">
          {insecure && (
            <div className="mb-4">
              <Note tone="warn">Everybody on the way can read what is sent here: Pulse is reached by http, not https.</Note>
            </div>
          )}
          <Outlet />
        </main>
      </div>
      <BottomBar places={places} />
      <Toasts />
      {open === "menu" && <CommandMenu places={places} onClose={() => setOpen(null)} />}
      {open === "help" && <Shortcuts places={places} onClose={() => setOpen(null)} />}
      {sessionOver && <SessionOver onBack={() => setSessionOver(false)} />}
    </div>
  );
}

function Shortcuts({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const keys = [
    ["Ctrl K", "Go to a page or a job"],
    ["/", "Search on this page"],
    ["?", "This list"],
    ["Esc", "Close what is open"],
    ...places.map((place) => [`g ${place.key}`, place.label]),
  ];
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 px-5 py-4">
        {keys.map(([key, does]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="rounded-sm border px-1.5 py-0.5 font-mono text-xs">{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
