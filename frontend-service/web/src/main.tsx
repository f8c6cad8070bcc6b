import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Problem } from "./api/problem";
import { makeRouter } from "./app/router";
import { TipProvider } from "./components/tip";
import "./styles.css";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      // What is refused stays refused; what is away may come back.
      retry: (failures, problem) => failures < 2 && !(problem instanceof Problem && problem.status >= 400 && problem.status < 500),
    },
  },
});
const router = makeRouter(client);

const place = document.getElementById("root");
if (!place) throw new Error("The document has no place for the dashboard.");
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <TipProvider>
        <RouterProvider router={router} />
      </TipProvider>
    </QueryClientProvider>
  </StrictMode>,
);
