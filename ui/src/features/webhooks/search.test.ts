import { expect, test } from "vitest";
import { manyWebhooks, sampleConnection } from "~/backend/fake-data";
import { text } from "~/backend/fake-webhooks";
import { filterEntries, Narrowing, noFilters, placesOf } from "./search";
import { type Entry, keyOf } from "./row-store";

const connection = sampleConnection({ id: "c", label: "Halden Offices" });
const places = placesOf([connection], new Map());
const entries: Entry[] = manyWebhooks(300).map(({ id, values }) => {
  const row = {
    connection: connection.id,
    id,
    title: text(values["name"]),
    endpoint: text(values["url"]),
    events: [],
    on: null,
    auth: [],
    marks: [],
  };
  return { key: keyOf(row), row, haystack: `${row.title}\n${row.endpoint}`.toLowerCase() };
});

test("narrowing finds what a search from the start finds, whatever is typed before", () => {
  const narrowing = new Narrowing();
  const typed = [
    "w",
    "we",
    "webhook",
    "webhook 1",
    "webhook 12",
    "12 webhook",
    "2",
    "21 off",
    "off 2",
    "",
    "halden 7",
    "7",
  ];
  for (const query of typed) {
    const filters = { ...noFilters, query };
    const found = narrowing.filter(entries, filters, places);
    expect(found.map(({ key }) => key)).toEqual(
      filterEntries(entries, filters, places).map(({ key }) => key),
    );
  }
});

test("another filter or other rows start anew", () => {
  const narrowing = new Narrowing();
  narrowing.filter(entries, { ...noFilters, query: "webhook 1" }, places);
  const fewer = entries.slice(0, 5);
  expect(narrowing.filter(fewer, { ...noFilters, query: "webhook 1" }, places).length).toBeLessThan(5);
  expect(narrowing.filter(entries, { ...noFilters, query: "webhook 1", auth: ["none"] }, places)).toEqual(
    filterEntries(entries, { ...noFilters, query: "webhook 1", auth: ["none"] }, places),
  );
});
