//! Lists whose places have a type of their own: a heading's id is none of a block's, and what has an id is there.
//!
//! No id is ever made from a number: the list itself gives ids out, for what is in it or is put in next. A list only grows.
//! So what is looked up by an id of its own list cannot be missing, and an id of another kind of list is a compile error. Two
//! documents have lists of one kind: whoever joins them moves the ids, `Id::moved`, and nobody else holds ids of both.
//! `typed-index-collections` was weighed for this: with it any number becomes an id, and a range of ids cannot be gone
//! through.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter::Map;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut, Range};

/// Where a `K` stands in the list of them.
pub struct Id<K>(u32, PhantomData<fn() -> K>);

/// Some neighbours in a list of `K`s, perhaps none: then still a place between two of them.
pub struct Ids<K> {
    start: u32,
    end: u32,
    of: PhantomData<fn() -> K>,
}

/// A list of `T`s: the list of all `K`s, or something about each of them.
pub struct IdList<T, K = T>(Vec<T>, PhantomData<fn() -> K>);

impl<K> Id<K> {
    fn new(at: u32) -> Self {
        Self(at, PhantomData)
    }

    /// The same one once its list was put behind another one, at `next`.
    pub fn moved(self, next: Self) -> Self {
        Self::new(next.0 + self.0)
    }
}

impl<K> Ids<K> {
    fn new(start: u32, end: u32) -> Self {
        let (end, of) = (end.max(start), PhantomData);
        Self { start, end, of }
    }

    /// How many they are.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether they are none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Each of them.
    pub fn iter(self) -> <Self as IntoIterator>::IntoIter {
        self.into_iter()
    }

    /// The first one.
    pub fn first(self) -> Option<Id<K>> {
        self.iter().next()
    }

    /// The last one.
    pub fn last(self) -> Option<Id<K>> {
        self.iter().next_back()
    }

    /// Whether one is among them.
    pub fn contains(self, id: Id<K>) -> bool {
        (self.start..self.end).contains(&id.0)
    }

    /// Whether others begin and end within them.
    pub fn contains_all(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Those of them in front of one.
    pub fn before(self, id: Id<K>) -> Self {
        Self::new(self.start, self.end.min(id.0))
    }

    /// Those of them from one on.
    pub fn from(self, id: Id<K>) -> Self {
        Self::new(self.start.max(id.0).min(self.end), self.end)
    }

    /// Those of them behind one.
    pub fn behind(self, id: Id<K>) -> Self {
        Self::new(self.start.max(id.0 + 1).min(self.end), self.end)
    }

    /// They together with the one right in front of them.
    pub fn with_head(self, id: Id<K>) -> Self {
        Self::new(id.0, self.end)
    }

    /// Those of them in front of others.
    pub fn until(self, other: Self) -> Self {
        Self::new(self.start, self.end.min(other.start))
    }

    /// The place behind them.
    pub fn place_behind(self) -> Self {
        Self::new(self.end, self.end)
    }
}

impl<T, K> IdList<T, K> {
    /// All of them.
    pub fn ids(&self) -> Ids<K> {
        // Who has four thousand million of anything has no memory left for it.
        Ids::new(0, self.0.len() as u32)
    }

    /// Each with its id.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (Id<K>, &T)> + ExactSizeIterator + Clone {
        self.ids().iter().zip(&self.0)
    }

    /// The first one that is so.
    pub fn find(&self, mut is: impl FnMut(&T) -> bool) -> Option<Id<K>> {
        self.enumerate().find(|(_, one)| is(one)).map(|(id, _)| id)
    }

    /// Those at the beginning for which something holds, and the rest, where it holds for none.
    pub fn partition(&self, holds: impl FnMut(&T) -> bool) -> (Ids<K>, Ids<K>) {
        let at = self.0.partition_point(holds) as u32;
        (Ids::new(0, at), Ids::new(at, self.0.len() as u32))
    }

    /// The last one of those at the beginning for which something holds.
    pub fn last_while(&self, holds: impl FnMut(&T) -> bool) -> Option<&T> {
        self[self.partition(holds).0].last()
    }

    /// What stands right behind some of them.
    pub fn next(&self, ids: Ids<K>) -> Option<&T> {
        self.0.get(ids.end as usize)
    }

    /// Something about each of them, looked up by the same ids.
    pub fn map<'l, U>(&'l self, about: impl FnMut((Id<K>, &'l T)) -> U) -> IdList<U, K> {
        IdList(self.enumerate().map(about).collect(), PhantomData)
    }

    /// The id of what is put behind all others next.
    pub fn next_id(&self) -> Id<K> {
        Id::new(self.ids().end)
    }

    /// Puts one behind all others.
    pub fn push(&mut self, one: T) -> Id<K> {
        let id = self.next_id();
        self.0.push(one);
        id
    }
}

impl<K> IntoIterator for Ids<K> {
    type Item = Id<K>;
    type IntoIter = Map<Range<u32>, fn(u32) -> Id<K>>;

    fn into_iter(self) -> Self::IntoIter {
        (self.start..self.end).map(Id::new)
    }
}

impl<T, K> Index<Id<K>> for IdList<T, K> {
    type Output = T;

    fn index(&self, id: Id<K>) -> &T {
        &self.0[id.0 as usize]
    }
}

impl<T, K> IndexMut<Id<K>> for IdList<T, K> {
    fn index_mut(&mut self, id: Id<K>) -> &mut T {
        &mut self.0[id.0 as usize]
    }
}

impl<T, K> Index<Ids<K>> for IdList<T, K> {
    type Output = [T];

    fn index(&self, ids: Ids<K>) -> &[T] {
        &self.0[ids.start as usize..ids.end as usize]
    }
}

impl<T, K> Deref for IdList<T, K> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T, K> DerefMut for IdList<T, K> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.0
    }
}

impl<T, K> From<IdList<T, K>> for Vec<T> {
    fn from(list: IdList<T, K>) -> Self {
        list.0
    }
}

impl<T> FromIterator<T> for IdList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Self {
        Self(all.into_iter().collect(), PhantomData)
    }
}

impl<T> Extend<T> for IdList<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, more: I) {
        self.0.extend(more);
    }
}

impl<T, K> IntoIterator for IdList<T, K> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'l, T, K> IntoIterator for &'l IdList<T, K> {
    type Item = &'l T;
    type IntoIter = std::slice::Iter<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'l, T, K> IntoIterator for &'l mut IdList<T, K> {
    type Item = &'l mut T;
    type IntoIter = std::slice::IterMut<'l, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter_mut()
    }
}

impl<T, K> Default for IdList<T, K> {
    fn default() -> Self {
        Self(Vec::new(), PhantomData)
    }
}

impl<T: Clone, K> Clone for IdList<T, K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<T: fmt::Debug, K> fmt::Debug for IdList<T, K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

// What `derive` would do, were it not to ask the same of `K`.

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Id<K> {}

impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Id<K> {}

impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> Hash for Id<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl<K> Clone for Ids<K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Ids<K> {}

impl<K> Default for Ids<K> {
    fn default() -> Self {
        Self::new(0, 0)
    }
}

impl<K> fmt::Debug for Ids<K> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.start..self.end).fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_cut_where_they_begin_and_end() {
        let list: IdList<char> = ('a'..='e').collect();
        let text = |ids: Ids<char>| list[ids].iter().collect::<String>();
        let all = list.ids();
        for (id, letter) in list.enumerate() {
            let (before, behind) = (all.before(id), all.behind(id));
            assert_eq!(text(before) + &text(behind.with_head(id)), "abcde");
            assert_eq!(
                (text(all.from(id)), list[id]),
                (format!("{letter}{}", text(behind)), *letter)
            );
            assert_eq!(
                (before.contains(id), all.contains(id), behind.contains(id)),
                (false, true, false)
            );
            assert_eq!(list.next(before), Some(letter));
            assert_eq!((before.len() + behind.len(), all.contains_all(behind)), (4, true));
            // What is asked for may lie outside.
            assert!(before.behind(id).is_empty() && behind.before(id).is_empty() && behind.until(before).is_empty());
            assert_eq!(text(before.from(id)) + &text(behind.from(id)), text(behind));
        }
        assert!(all.place_behind().is_empty() && list.next(all).is_none());
    }

    #[test]
    fn what_is_behind_another_list_moves_with_it() {
        let mut list: IdList<char> = ('a'..='c').collect();
        let other: IdList<char> = ('x'..='z').collect();
        let (next, found) = (list.next_id(), other.find(|letter| *letter == 'y'));
        list.extend(other);
        assert_eq!(found.map(|found| list[found.moved(next)]), Some('y'));
        assert_eq!(list.last_while(|letter| *letter < 'c'), Some(&'b'));
    }
}
