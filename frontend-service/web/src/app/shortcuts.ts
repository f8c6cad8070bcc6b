import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useRef } from "react";
import type { Place } from "./navigation";

function isTyping(target: EventTarget | null) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Ctrl/Cmd-K opens the menu, g and a letter goes somewhere, / goes to the search of the page, ? tells all this. */
export function useShortcuts(places: readonly Place[], on: { menu: () => void; help: () => void }) {
  const navigate = useNavigate();
  const afterG = useRef(0);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      on.menu();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (Date.now() - afterG.current < 1_200) {
      afterG.current = 0;
      const place = places.find((each) => each.key === event.key);
      if (place) void navigate({ to: place.to });
    } else if (event.key === "g") afterG.current = Date.now();
    else if (event.key === "?") on.help();
    else if (event.key === "/") {
      const search = document.querySelector<HTMLElement>("main input[type=search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
