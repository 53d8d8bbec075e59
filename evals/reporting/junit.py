"""Outcomes as JUnit XML, which every build server reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from evals.gates import GateOutcome
from evals.runs.results import Results

__all__ = ["gates_as_junit", "results_as_junit"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
RIGHT = ("containment", "abstained", "mrr@10")


def gates_as_junit(name: str, outcomes: Sequence[GateOutcome]) -> str:
    """Return one test case a gate."""
    suite = Element("testsuite", name=_clean(f"gates of {name}"), tests=str(len(outcomes)))
    suite.set("failures", str(sum(not each.passed for each in outcomes)))
    for outcome in outcomes:
        case = SubElement(suite, "testcase", classname="gates", name=_clean(outcome.name))
        if not outcome.passed:
            SubElement(case, "failure", message=_clean(outcome.reason))
    return _document([suite])


def results_as_junit(results: Results) -> str:
    """Return one suite a unit and one test case a case: an error where the system failed, a failure where it erred.

    A search errs if no right document is among the first ten, an answer if it is not right or should not be there.
    """
    suites = []
    for plan in results.manifest.units:
        cases = [case for case in results.cases if case.unit == plan.name]
        suite = Element("testsuite", name=_clean(plan.name), tests=str(len(cases)))
        wrong = 0
        for case in cases:
            element = SubElement(suite, "testcase", classname=_clean(case.task), name=_clean(case.id))
            element.set("time", f"{case.milliseconds / 1000:.4f}")
            decisive = next((each for each in RIGHT if each in case.metrics), "")
            if case.error:
                SubElement(element, "error", message=_clean(case.error))
            elif decisive and case.metrics[decisive] == 0:
                wrong += 1
                SubElement(element, "failure", message=f"{decisive} is 0").text = _clean(case.question)
        suite.set("errors", str(sum(bool(case.error) for case in cases)))
        suite.set("failures", str(wrong))
        suites.append(suite)
    return _document(suites)


def _document(suites: Sequence[Element]) -> str:
    root = Element("testsuites")
    root.extend(suites)
    return tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _clean(text: str) -> str:
    """Remove what XML 1.0 cannot hold; questions may contain anything."""
    return _NOT_XML.sub("\ufffd", text)
