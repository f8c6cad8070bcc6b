import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { show } from "@/test/render";
import type { Column } from "./columns";
import { DataTable } from "./data-table";

interface Fruit {
  name: string;
  weight: number | null;
}

const columns: Column<Fruit>[] = [
  { id: "name", header: "Fruit", value: (fruit) => fruit.name, main: true },
  { id: "weight", header: "Weight (g)", value: (fruit) => fruit.weight, numeric: true },
];
const fruits: Fruit[] = [
  { name: "pear", weight: 180 },
  { name: "fig", weight: null },
  { name: "apple", weight: 90 },
];
const names = () => screen.getAllByRole("row").slice(1).map((row) => within(row).getAllByRole("cell")[0]?.textContent);

it("sorts up, down and not at all, with what is not known at the end", async () => {
  show(<DataTable caption="Fruits" columns={columns} rows={fruits} rowId={(fruit) => fruit.name} />);
  const header = screen.getByRole("button", { name: "Weight (g)" });

  await userEvent.click(header);
  expect(names()).toEqual(["pear", "apple", "fig"]);
  expect(screen.getByRole("columnheader", { name: "Weight (g)" })).toHaveAttribute("aria-sort", "descending");
  await userEvent.click(header);
  expect(names()).toEqual(["apple", "pear", "fig"]);
});

it("does not sort a part of the rows as if it were all", () => {
  show(
    <DataTable caption="Fruits" columns={columns} rows={fruits} rowId={(fruit) => fruit.name} more={{ fetch: vi.fn(), fetching: false }} />,
  );

  expect(screen.queryByRole("button", { name: "Weight (g)" })).toBeNull();
  expect(screen.getByRole("button", { name: "Show more" })).toBeVisible();
});

it("acts on the rows that are ticked", async () => {
  const act = vi.fn();
  show(
    <DataTable
      caption="Fruits"
      columns={columns}
      rows={fruits}
      rowId={(fruit) => fruit.name}
      bulk={(ticked) => <button onClick={() => act(ticked.map((fruit) => fruit.name))}>Eat</button>}
    />,
  );

  await userEvent.click(screen.getByRole("checkbox", { name: "Choose fig" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "Choose pear" }));
  await userEvent.click(screen.getByRole("button", { name: "Eat" }));

  expect(act).toHaveBeenCalledWith(["pear", "fig"]);
});
