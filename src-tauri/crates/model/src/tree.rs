use crate::FieldPath;
use serde::Serialize;
use ts_rs::TS;

/// Several id lists of one section, chosen together in a tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeSpec {
    /// One node in words: `place`.
    pub one: String,
    /// Several nodes in words: `places`.
    pub many: String,
    /// The lists, outermost level first.
    pub lists: Vec<TreeList>,
}

/// One list of a tree: the ids of one level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeList {
    /// The field that holds the ids.
    pub path: FieldPath,
    /// One of them in words: `floor`.
    pub one: String,
    /// Several in words: `floors`.
    pub many: String,
    /// Path data of its icon on a 16 by 16 grid, drawn as a stroke.
    pub icon: Option<String>,
    /// What its ids start with, where they all do.
    pub prefix: Option<String>,
}

/// Something that can be chosen, and what is inside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TreeNode {
    /// The vendor's id.
    pub id: String,
    /// The list it belongs to.
    pub list: FieldPath,
    /// Its name.
    pub label: String,
    /// A few more words.
    pub detail: Option<String>,
    /// What is inside.
    pub children: Vec<TreeNode>,
}
