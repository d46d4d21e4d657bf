import type { FieldError } from "~/bindings/FieldError";
import type { Mark } from "~/bindings/Mark";
import type { Offer } from "~/bindings/Offer";
import type { Section } from "~/bindings/Section";
import { Banner, MarkBanners } from "~/components";
import { Notices } from "../review/Notices";
import styles from "./EditorForm.module.css";
import { allFields } from "./form-state";

/** What concerns the whole form: that it is read-only, what was refused, what is special about the webhook. */
export function FormNotices({
  offer,
  isReadOnly,
  stray,
  marks,
}: {
  offer: Offer;
  isReadOnly: boolean;
  stray: FieldError[];
  marks: Mark[];
}) {
  const general = offer.capabilities.notices.filter((notice) => notice.path === null);
  if (general.length === 0 && !isReadOnly && stray.length === 0 && marks.length === 0) return null;
  return (
    <div className={styles.notices}>
      {isReadOnly && (
        <Banner tone="info" icon="lock">
          This organisation is read-only in Tacklebox, so nothing here can be changed. Edit its connection to
          lift that.
        </Banner>
      )}
      {stray.length > 0 && (
        <Banner tone="error" title="The webhook was not accepted">
          {stray.map((error) => (
            <p key={`${error.path} ${error.message}`}>
              <bdi>{error.message}</bdi>
            </p>
          ))}
        </Banner>
      )}
      <MarkBanners marks={marks} />
      <Notices notices={general} />
    </div>
  );
}

/** What is said of a path above several fields, such as `filter` of `filter.rooms`, stands once over the section. */
export function SectionNotices({ offer, section }: { offer: Offer; section: Section }) {
  const exact = new Set(allFields(offer.capabilities).map((spec) => spec.path));
  const own = offer.capabilities.notices.filter(({ path }) => {
    if (path === null || exact.has(path)) return false;
    return section.id === path || section.fields.some((spec) => spec.path.startsWith(`${path}.`));
  });
  const quiet = own.filter(({ level }) => level === "info");
  return (
    <>
      {quiet.map(({ words }) => (
        <p key={words} className={styles.sectionNotice}>
          {words}
        </p>
      ))}
      <Notices notices={own.filter(({ level }) => level === "warning")} />
    </>
  );
}
