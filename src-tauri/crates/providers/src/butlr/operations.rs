//! Butlr's operations, compiled against both spellings of its schema by `graphql_client`: a field that
//! the documents do not have does not build.

#![allow(missing_docs, clippy::large_enum_variant, reason = "the derive makes a module per operation")]

use super::schema::Spelling;
use graphql_client::GraphQLQuery;

#[allow(clippy::upper_case_acronyms, reason = "the schema's own name of the scalar")]
type JSON = serde_json::Value;

#[allow(dead_code, reason = "the derive needs a type to hang the operation on; only its text is used")]
pub mod snake {
    use super::{GraphQLQuery, JSON};

    #[derive(GraphQLQuery)]
    #[graphql(
        schema_path = "src/butlr/graphql/snake/schema.graphql",
        query_path = "src/butlr/graphql/snake/webhooks.graphql"
    )]
    pub struct Webhooks;

    #[derive(GraphQLQuery)]
    #[graphql(
        schema_path = "src/butlr/graphql/snake/schema.graphql",
        query_path = "src/butlr/graphql/snake/create.graphql"
    )]
    pub struct CreateWebhooks;

    #[derive(GraphQLQuery)]
    #[graphql(
        schema_path = "src/butlr/graphql/snake/schema.graphql",
        query_path = "src/butlr/graphql/snake/update.graphql"
    )]
    pub struct UpdateWebhooks;
}

#[allow(dead_code, reason = "the derive needs a type to hang the operation on; only its text is used")]
pub mod camel {
    use super::{GraphQLQuery, JSON};

    #[derive(GraphQLQuery)]
    #[graphql(
        schema_path = "src/butlr/graphql/camel/schema.graphql",
        query_path = "src/butlr/graphql/camel/webhooks.graphql"
    )]
    pub struct Webhooks;

    #[derive(GraphQLQuery)]
    #[graphql(
        schema_path = "src/butlr/graphql/camel/schema.graphql",
        query_path = "src/butlr/graphql/camel/create.graphql"
    )]
    pub struct CreateWebhooks;

    #[derive(GraphQLQuery)]
    #[graphql(
        schema_path = "src/butlr/graphql/camel/schema.graphql",
        query_path = "src/butlr/graphql/camel/update.graphql"
    )]
    pub struct UpdateWebhooks;
}

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "src/butlr/graphql/snake/schema.graphql",
    query_path = "src/butlr/graphql/delete.graphql"
)]
pub struct DeleteWebhooks;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "src/butlr/graphql/snake/schema.graphql",
    query_path = "src/butlr/graphql/places.graphql"
)]
pub struct Places;

#[derive(GraphQLQuery)]
#[graphql(
    schema_path = "src/butlr/graphql/snake/schema.graphql",
    query_path = "src/butlr/graphql/sensors.graphql"
)]
pub struct Sensors;

/// An operation whose text depends on the spelling.
#[derive(Clone, Copy)]
pub enum Operation {
    List,
    Create,
    Update,
}

impl Operation {
    pub fn text(self, spelling: Spelling) -> &'static str {
        match (self, spelling) {
            (Self::List, Spelling::Snake) => snake::webhooks::QUERY,
            (Self::List, Spelling::Camel) => camel::webhooks::QUERY,
            (Self::Create, Spelling::Snake) => snake::create_webhooks::QUERY,
            (Self::Create, Spelling::Camel) => camel::create_webhooks::QUERY,
            (Self::Update, Spelling::Snake) => snake::update_webhooks::QUERY,
            (Self::Update, Spelling::Camel) => camel::update_webhooks::QUERY,
        }
    }

    /// What it does, for the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::List => "list webhooks",
            Self::Create => "create a webhook",
            Self::Update => "update a webhook",
        }
    }

    /// The field of `data` that holds the answer.
    pub fn root(self) -> &'static str {
        match self {
            Self::List => "webhooks",
            Self::Create => "createWebhooks",
            Self::Update => "updateWebhooks",
        }
    }
}
