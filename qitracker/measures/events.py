"""What can happen to measures, their definitions and benchmarks, and the sentence that tells each."""

from qitracker.audit.events import tell

ADOPTED = tell("measures.measure.adopted", "{actor} adopted {title} from the library for {place}.")
DEFINED = tell("measures.measure.defined", "{actor} defined {title} for {place}.")
WORDING_CHANGED = tell("measures.definition.reworded", "{actor} changed {fields} of {title}.")
CORRECTED = tell(
    "measures.definition.corrected", "{actor} corrected {fields} of {title} before any result was recorded."
)
VERSION_BEGUN = tell(
    "measures.definition.changed",
    "{actor} changed what {title} counts ({fields}): version {number} begins on {effective_from}. Reason: {reason}",
)
STRATA_ADDED = tell("measures.strata.added", "{actor} added strata to {title}: {strata}.")
STRATUM_RENAMED = tell("measures.stratum.renamed", "{actor} renamed the stratum {old_stratum} of {title} to {stratum}.")
COLLECTION_BEGUN = tell("measures.collection.begun", "{actor} had {unit} collect {title} from {begins} on.")
COLLECTION_RESUMED = tell("measures.collection.resumed", "{actor} had {unit} go on collecting {title}.")
COLLECTION_ENDED = tell("measures.collection.ended", "{actor} ended the collection of {title} in {unit} on {ends}.")
COLLECTION_DROPPED = tell("measures.collection.dropped", "{actor} had {unit} not begin to collect {title}.")
RESPONSIBLE_SET = tell("measures.collection.responsible", "{actor} made {responsible} answer for {title} in {unit}.")
OWNER_SET = tell("measures.measure.owned", "{actor} made {owner} the owner of {title}.")
RETIRED = tell("measures.measure.retired", "{actor} retired {title}. Reason: {reason}")
RESTORED = tell("measures.measure.restored", "{actor} took {title} back into use.")
BENCHMARK_ADDED = tell("measures.benchmark.added", "{actor} added a benchmark of {title}: {figure}, from {source}.")
BENCHMARK_CHANGED = tell(
    "measures.benchmark.changed", "{actor} changed a benchmark of {title} to {figure}, from {source}."
)
BENCHMARK_TAKEN_AWAY = tell(
    "measures.benchmark.retired", "{actor} took away a benchmark of {title}: {figure}, from {source}."
)
