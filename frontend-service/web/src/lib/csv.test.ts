import { expect, it } from "vitest";
import { csvLine } from "./csv";

it("quotes what has commas, quotes or lines", () => {
  expect(csvLine(["a,b", 'say "x"', "two\nlines", 3, null])).toBe('"a,b","say ""x""","two\nlines",3,\r\n');
});

it("keeps text of a source from being a formula", () => {
  expect(csvLine(["=HYPERLINK(\"http://x\")", "+1", "-1", "@x"])).toBe("\"'=HYPERLINK(\"\"http://x\"\")\",'+1,'-1,'@x\r\n");
});

it("leaves negative numbers numbers", () => {
  expect(csvLine([-5])).toBe("-5\r\n");
});
