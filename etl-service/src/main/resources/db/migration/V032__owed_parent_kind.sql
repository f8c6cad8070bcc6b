-- Ids of records of different types may be the same: what is owed to one must not be forgiven with another.
-- Debts from before do not say whose they are; they are read, if need be in vain.

alter table owed add column parent_kind text; -- table of the parent
