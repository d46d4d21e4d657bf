import type { TreeNode } from "~/bindings/TreeNode";
import type { TreeSpec } from "~/bindings/TreeSpec";

// The places of a pretended vendor.

const list = (path: string, one: string, prefix: string, icon: string) => ({
  path: `filters.${path}`,
  one,
  many: `${one}s`,
  icon,
  prefix,
});

export const sampleTree: TreeSpec = {
  one: "space",
  many: "spaces",
  lists: [
    list("site_ids", "site", "site_", "M8 14s4.5-4.2 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 9.8 8 14 8 14z"),
    list("building_ids", "building", "building_", "M4 14V2.5h8V14M2.5 14h11"),
    list("floor_ids", "floor", "space_", "m8 3 6 3-6 3-6-3zm-6 6 6 3 6-3"),
    list("room_ids", "room", "room_", "M4 14V2.5h7V14M2.5 14h11"),
    list("zone_ids", "zone", "zone_", "M3 3h10v10H3z"),
  ],
};

const node = (
  path: string,
  id: string,
  label: string,
  children: TreeNode[] = [],
  detail: string | null = null,
): TreeNode => ({ list: `filters.${path}`, id, label, detail, children });

export const sampleNodes: TreeNode[] = [
  node("site_ids", "site_2oUB1", "Oslo", [
    node("building_ids", "building_2oUB2", "Havnegata 12", [
      node("floor_ids", "space_2oUBnI7YL51GNemTvKIxEgSZ8gx", "Floor 2", [
        node("room_ids", "room_2oUDDr0001", "Bris"),
        node("room_ids", "room_2oUDDr0002", "Flo"),
      ]),
      node("floor_ids", "space_2oUBnKd0sQ2mWv7pTzL4hR6yJ1c", "Floor 3", [
        node(
          "room_ids",
          "room_2oUDDps5iKHHo6RwlMgGVihmTlq",
          "Fjord",
          [node("zone_ids", "zone_2oUE1", "Whiteboard"), node("zone_ids", "zone_2oUE2", "Table")],
          "12 seats",
        ),
        node("room_ids", "room_2oUDDqA1bY8nXc4VtE5kPm7sZ3w", "Skerry", [], "6 seats"),
      ]),
    ]),
    node("building_ids", "building_2oUB3", "Kai 4", [node("floor_ids", "space_2oUBk4", "Ground floor")]),
  ]),
  node("site_ids", "site_2oUB9", "Bergen"),
];

/** One site of `count` rooms, for measuring. */
export function manyRooms(count: number): TreeNode[] {
  const rooms = Array.from({ length: count }, (_, at) => node("room_ids", `room_${at}`, `Room ${at}`));
  const floors = Array.from({ length: Math.ceil(count / 100) }, (_, at) =>
    node("floor_ids", `space_${at}`, `Floor ${at}`, rooms.slice(at * 100, at * 100 + 100)),
  );
  return [node("building_ids", "building_many", "Tower", floors)];
}
