import type { ReactNode } from "react";

/** The frame of the pages before one is inside. */
export function Entrance({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center px-5 py-10">
      <div className="w-full max-w-92">
        <svg viewBox="0 0 368 56" aria-hidden className="mb-6 w-full">
          <path
            d="M0 34h96l10-7 9 7h22l9 14 17-46 14 40 7-8h184"
            fill="none"
            strokeWidth="2"
            strokeLinejoin="round"
            strokeLinecap="round"
            className="stroke-accent"
          />
        </svg>
        <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
        {lead && <div className="mt-1 text-muted">{lead}</div>}
        <div className="mt-6">{children}</div>
      </div>
    </main>
  );
}
