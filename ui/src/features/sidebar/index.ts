export { type OrganisationAction } from "./OrganisationItem";
export { Sidebar } from "./Sidebar";
