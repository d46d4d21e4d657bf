use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Conditions an event must meet to be sent, as they are read, entered and shown. They hold no secret.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConditionSet {
    /// Whether all must hold; otherwise one is enough.
    pub all: bool,
    /// The conditions in order; none means that every event is sent.
    pub rows: Vec<Condition>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Condition {
    /// A field of the payload is compared.
    Field {
        /// Its dotted path in the payload.
        field: String,
        /// How it is compared: an id of [`ConditionSpec::operations`], or one this Tacklebox does not know.
        operation: String,
        /// With what.
        values: Vec<String>,
        /// What kind of value it is taken for: a value of [`ConditionSpec::field_types`], or one this Tacklebox does
        /// not know.
        field_type: String,
        /// Whether the field is a list.
        is_array: bool,
        /// How the items of a list are taken: a value of [`ConditionSpec::item_modes`]; absent for what is no list.
        item: Option<String>,
        /// Its position in the list as it was read, so that what is not understood of it survives; absent for a new
        /// one, and wherever the set may not be that of the webhook as it is now.
        origin: Option<u32>,
    },
    /// An expression decides.
    Expression {
        /// In JSONata.
        expression: String,
        /// As for fields.
        origin: Option<u32>,
    },
}

/// What conditions of a vendor can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConditionSpec {
    /// Most conditions of one webhook.
    pub max: u32,
    /// How fields can be compared.
    pub operations: Vec<ConditionOperation>,
    /// What kinds of value there are; the first is the vendor's default.
    pub field_types: Vec<ConditionFieldType>,
    /// How the items of a list can be taken; the first is the vendor's default.
    pub item_modes: Vec<ConditionItemMode>,
    /// Most characters of an expression; absent when there are no expressions.
    pub expression_max_length: Option<u32>,
}

/// One way to compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConditionOperation {
    /// The vendor's name.
    pub id: String,
    /// In words: `is one of`.
    pub label: String,
    /// What it compares with.
    pub values: ConditionValues,
    /// What it means, for trying it here.
    pub test: ConditionTest,
}

/// What an operation compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ConditionValues {
    /// Nothing.
    None,
    /// One text.
    One,
    /// Several texts.
    Many,
    /// One number.
    Number,
}

/// A kind of value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConditionFieldType {
    /// The vendor's name.
    pub value: String,
    /// In words.
    pub label: String,
    /// How values of it are compared here.
    #[serde(rename = "as")]
    pub compared_as: ComparedAs,
}

/// How values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ComparedAs {
    /// As texts.
    String,
    /// As numbers.
    Number,
    /// As true and false.
    Boolean,
    /// As days.
    Date,
    /// As moments.
    Datetime,
}

/// A way to take the items of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConditionItemMode {
    /// Its name: Tacklebox's own where the vendor has a switch.
    pub value: String,
    /// In words.
    pub label: String,
    /// What it means.
    #[serde(rename = "as")]
    pub taken_as: ItemsTakenAs,
}

/// What a way to take items means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ItemsTakenAs {
    /// The list as a whole.
    Whole,
    /// One item is enough.
    Any,
    /// Every item must fit.
    Every,
}

/// What an operation means, whatever the vendor calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "each says what it does")]
pub enum ConditionTest {
    Equals,
    NotEquals,
    AnyOf,
    NoneOf,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
    IsEmpty,
    IsNotEmpty,
    Exists,
    NotExists,
    GreaterThan,
    GreaterOrEqual,
    LessThan,
    LessOrEqual,
    LengthEquals,
    LengthNotEquals,
    LengthGreater,
    LengthGreaterOrEqual,
    LengthLess,
    LengthLessOrEqual,
}

/// Which fields decide what is sent, for trying them here on a sample.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LocalTrial {
    /// The conditions.
    pub conditions: Option<crate::FieldPath>,
    /// The transformation that makes the body.
    pub transformation: Option<crate::FieldPath>,
}

impl ConditionSet {
    /// The conditions in lines, for reviews; the vendor's own names where there is no spec.
    pub fn lines(&self, spec: Option<&ConditionSpec>) -> Vec<String> {
        let mut lines: Vec<String> = self.rows.iter().map(|row| row.line(spec)).collect();
        // One condition alone is both; that it is kept as "any" is still worth a line.
        if lines.len() > 1 || (lines.len() == 1 && !self.all) {
            lines.insert(0, if self.all { "all of:" } else { "any of:" }.to_owned());
        }
        lines
    }
}

impl Condition {
    /// Its position in the list as it was read.
    pub fn origin(&self) -> Option<u32> {
        match self {
            Self::Field { origin, .. } | Self::Expression { origin, .. } => *origin,
        }
    }

    /// The same condition at another position, or none.
    #[must_use]
    pub fn at(mut self, position: Option<u32>) -> Self {
        match &mut self {
            Self::Field { origin, .. } | Self::Expression { origin, .. } => *origin = position,
        }
        self
    }

    fn line(&self, spec: Option<&ConditionSpec>) -> String {
        match self {
            Self::Expression { expression, .. } => expression.clone(),
            Self::Field { field, operation, values, field_type, is_array, item, .. } => {
                let known = spec.and_then(|spec| spec.operations.iter().find(|known| known.id == *operation));
                let mut line = format!("{field} {}", known.map_or(operation, |known| &known.label));
                let values: Vec<String> = values.iter().map(|value| format!("“{value}”")).collect();
                if !values.is_empty() {
                    line = format!("{line} {}", values.join(", "));
                }
                let how = [kind_words(field_type, spec), list_words(*is_array, item.as_deref(), spec)];
                let how: Vec<String> = how.into_iter().flatten().collect();
                if how.is_empty() { line } else { format!("{line} ({})", how.join(", ")) }
            }
        }
    }
}

/// What kind of value it is taken for, unless that is the default.
fn kind_words(field_type: &str, spec: Option<&ConditionSpec>) -> Option<String> {
    let types = spec.map(|spec| spec.field_types.as_slice()).unwrap_or_default();
    let is_default = field_type.is_empty() || types.first().is_some_and(|first| first.value == field_type);
    let label = types.iter().find(|known| known.value == field_type).map_or(field_type, |known| &known.label);
    (!is_default).then(|| format!("as {}", label.to_lowercase()))
}

fn list_words(is_array: bool, item: Option<&str>, spec: Option<&ConditionSpec>) -> Option<String> {
    let modes = spec.map(|spec| spec.item_modes.as_slice()).unwrap_or_default();
    let mode = item.map(|item| {
        modes.iter().find(|known| known.value == item).map_or(item, |known| &known.label).to_lowercase()
    });
    match (is_array, mode) {
        (true, Some(mode)) => Some(format!("a list, {mode}")),
        (true, None) => Some("a list".to_owned()),
        (false, mode) => mode,
    }
}
