import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useState } from "react";
import { classes } from "@/lib/words";
import { Button } from "./button";
import { PortalHost } from "./portal-host";

type Place = "middle" | "side" | "top" | "bottom";

const places: Record<Place, string> = {
  middle: "m-auto w-[min(34rem,calc(100vw-2rem))] max-h-[85dvh] rounded-lg",
  side: "mr-0 ml-auto my-0 h-dvh max-h-dvh w-[min(40rem,100vw)] border-y-0 border-r-0",
  top: "mx-auto mt-[12vh] mb-auto w-[min(38rem,calc(100vw-2rem))] max-h-[70dvh] rounded-lg",
  bottom: "mx-0 mt-auto mb-0 w-full max-w-none rounded-t-lg max-h-[85dvh]",
};

const field = "input, select, textarea";

interface Props {
  title: string;
  hideTitle?: boolean;
  place?: Place;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}

/**
 * A window over the page, made of the browser's own dialog: the page behind is out of reach, Esc closes it, and the
 * focus goes back to where it was.
 */
export function Dialog({ title, hideTitle, place = "middle", onClose, children, footer }: Props) {
  const [element, setElement] = useState<HTMLDialogElement | null>(null);
  const heading = useId();
  useEffect(() => {
    if (!element) return;
    const before = document.activeElement;
    element.showModal();
    // The browser would begin at the button that closes it.
    (element.querySelector<HTMLElement>("[data-first]") ?? element.querySelector<HTMLElement>(field))?.focus();
    return () => {
      element.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, [element]);
  return (
    <dialog
      ref={setElement}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // The veil belongs to the dialog, its content does not.
      onMouseDown={(event) => event.target === event.currentTarget && onClose()}
      className={classes("flex-col overflow-hidden border bg-raised p-0 text-ink shadow-raised open:flex", places[place])}
    >
      <PortalHost value={element}>
      <header className={hideTitle ? "sr-only" : "flex items-center justify-between gap-4 border-b px-5 py-3"}>
        <h2 id={heading} className="text-lg font-semibold">
          {title}
        </h2>
        <Button look="quiet" small label="Close" icon={<X size={16} />} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
      {footer && <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>}
      </PortalHost>
    </dialog>
  );
}

/** The panel at the side that shows what is behind a number; its owner keeps in the address that it is open. */
export function Drawer(props: Omit<Props, "place">) {
  return <Dialog {...props} place="side" />;
}
