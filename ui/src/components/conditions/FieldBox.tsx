import { Button, ComboBox, Input, ListBox, ListBoxItem, Popover, Text } from "react-aria-components";
import { cx, Icon } from "~/components";
import styles from "./Conditions.module.css";
import { type SampleField, typeWord } from "./paths";

/** Most fields offered at once. */
const MOST = 60;

type Props = {
  label: string;
  value: string;
  fields: readonly SampleField[];
  isDisabled: boolean;
  isInvalid: boolean;
  autoFocus: boolean;
  /** Typed by hand. */
  onChange: (path: string) => void;
  /** Chosen from the sample. */
  onChoose: (field: SampleField) => void;
};

/** The path of a field, typed or chosen from the sample's. */
export function FieldBox({ label, value, fields, onChange, onChoose, ...state }: Props) {
  const items = offered(fields, value).map((field) => ({ id: field.path, field }));
  return (
    <ComboBox
      aria-label={label}
      inputValue={value}
      onInputChange={(text) => {
        if (text !== value) onChange(text);
      }}
      value={items.some(({ id }) => id === value) ? value : null}
      onChange={(key) => {
        const chosen = items.find(({ id }) => id === key);
        if (chosen) onChoose(chosen.field);
      }}
      items={items}
      defaultFilter={() => true}
      menuTrigger="input"
      allowsCustomValue
      allowsEmptyCollection={false}
      isDisabled={state.isDisabled}
      isInvalid={state.isInvalid}
      autoFocus={state.autoFocus}
      validationBehavior="aria"
      className={cx(styles.combo)}
    >
      <div className={styles.comboBox}>
        <Input
          className={cx(styles.input)}
          placeholder="entity.status"
          title={value}
          dir="ltr"
          spellCheck="false"
          autoComplete="off"
        />
        {fields.length > 0 && (
          <Button className={cx(styles.openList)} aria-label="Show fields">
            <Icon name="up-down" size={14} />
          </Button>
        )}
      </div>
      <Popover className={cx(styles.popover)} offset={4}>
        <ListBox<{ id: string; field: SampleField }> className={cx(styles.list)}>
          {({ id, field }) => (
            <ListBoxItem id={id} textValue={id} className={cx(styles.item)}>
              <Text slot="label" className={cx(styles.path)}>
                <bdi title={id}>{id}</bdi>
              </Text>
              <Text slot="description" className={cx(styles.preview)}>
                <bdi>{field.preview}</bdi>
                <span className={styles.type}>{typeWord(field.value)}</span>
              </Text>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Fields that hold what is typed; all of them when that is one of them, so that another can be chosen. */
function offered(fields: readonly SampleField[], typed: string): SampleField[] {
  const words = typed.trim().toLowerCase();
  if (fields.some(({ path }) => path === typed)) return fields.slice(0, MOST);
  return fields.filter(({ path }) => path.toLowerCase().includes(words)).slice(0, MOST);
}
