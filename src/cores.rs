//! Work spread over the machine's cores. What comes of it is in the order of the items, whichever was done first.

use std::iter::Enumerate;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{Scope, available_parallelism, scope};
use std::vec;

/// How many cores there are to work on. One that is left to somebody else, to another process for instance, can be taken
/// while the work goes on.
#[derive(Debug)]
pub struct Cores(AtomicUsize);

impl Cores {
    /// So many; at least one.
    pub fn new(count: usize) -> Self {
        Self(AtomicUsize::new(count.max(1)))
    }

    /// All that the machine has.
    pub fn all() -> Self {
        Self::new(available())
    }

    /// All but one, which is left to somebody else.
    pub fn all_but_one() -> Self {
        Self::new(available().saturating_sub(1))
    }

    /// From now on all of them.
    pub fn take_all(&self) {
        self.0.store(available(), Ordering::Relaxed);
    }
}

fn available() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// `work` on every item, on so many cores, with the results in the order of the items.
pub fn each<T: Send, R: Send>(cores: &Cores, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let team = Team {
        cores,
        working: AtomicUsize::new(1),
        results: Mutex::new(Vec::with_capacity(items.len())),
        items: Mutex::new(items.into_iter().enumerate()),
        work,
    };
    scope(|scope| team.work(scope));
    let mut results = team.results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Threads that share some items.
struct Team<'c, T, R, W> {
    cores: &'c Cores,
    /// How many threads work.
    working: AtomicUsize,
    items: Mutex<Enumerate<vec::IntoIter<T>>>,
    results: Mutex<Vec<(usize, R)>>,
    work: W,
}

impl<T: Send, R: Send, W: Fn(T) -> R + Sync> Team<'_, T, R, W> {
    /// Works until no item is left, and calls others as long as there are cores for them.
    fn work<'s>(&'s self, scope: &'s Scope<'s, '_>) {
        loop {
            let Some((index, item)) = self.items().next() else {
                break;
            };
            while self.has_place() {
                scope.spawn(|| self.work(scope));
            }
            let result = (self.work)(item);
            let mut results = self.results.lock().unwrap_or_else(PoisonError::into_inner);
            results.push((index, result));
        }
    }

    /// Whether there is work and a core for one more, who counts as working then.
    fn has_place(&self) -> bool {
        let cores = self.cores.0.load(Ordering::Relaxed);
        let one_more = |working| (working < cores).then_some(working + 1);
        let (set, get) = (Ordering::Relaxed, Ordering::Relaxed);
        self.items().len() > 0 && self.working.fetch_update(set, get, one_more).is_ok()
    }

    fn items(&self) -> MutexGuard<'_, Enumerate<vec::IntoIter<T>>> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 2, 1000] {
            let slow_first = |item: u64| {
                sleep(Duration::from_micros(20 * u64::from(item == 0)));
                item * 2
            };
            let expected: Vec<u64> = (0..count).map(|item| item * 2).collect();
            assert_eq!(each(&Cores::new(4), (0..count).collect(), slow_first), expected);
        }
    }

    #[test]
    fn no_more_cores_work_than_there_are_to_work_on() {
        for cores in [1, 3] {
            let (working, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let results = each(&Cores::new(cores), (0..50).collect(), |item: u64| {
                most.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_micros(200));
                working.fetch_sub(1, Ordering::SeqCst);
                item
            });
            assert_eq!(results, (0..50).collect::<Vec<u64>>());
            assert!(most.into_inner() <= cores);
        }
    }

    #[test]
    fn a_core_is_taken_while_the_work_goes_on() {
        let (cores, two) = (Cores::new(1), std::sync::Barrier::new(2));
        // The first ones are done one after the other; the last two meet, which one thread alone never would.
        let meet = |item: usize| {
            if item == 8 {
                cores.0.store(2, Ordering::Relaxed);
            } else if item > 8 {
                two.wait();
            }
            item
        };
        assert_eq!(each(&cores, (0..11).collect(), meet), (0..11).collect::<Vec<_>>());
    }
}
