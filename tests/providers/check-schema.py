# SPDX-License-Identifier: GPL-3.0-or-later
"""Every provider file of the program fits data/providers/schema.json, and every fault of files/broken.json that a
schema can see does not. usage: check-schema.py DATA-FOLDER FILES-FOLDER"""
import copy
import json
import pathlib
import re
import sys

try:
    import jsonschema
except ImportError:
    print("1..0 # SKIP python3-jsonschema is not installed")
    sys.exit(0)


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def change(root, case):
    """Does to a copy of root what a case of broken.json says."""
    root = copy.deepcopy(root)
    steps = re.findall(r"[^.\[\]]+", case["at"])
    steps = [int(step) if step.isdigit() else step for step in steps]
    parent = root
    for step in steps[:-1]:
        parent = parent[step]
    if case.get("drop"):
        del parent[steps[-1]]
    else:
        parent[steps[-1]] = case["set"]
    return root


def main():
    data, files = map(pathlib.Path, sys.argv[1:3])
    schema = load(data / "schema.json")
    validator_class = jsonschema.validators.validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    results = []
    for path in sorted(data.glob("*.json")):
        if path.name != "schema.json":
            faults = [fault.message for fault in validator.iter_errors(load(path))]
            results.append((not faults, f"{path.name} fits", faults))
    good = load(files / "acme.json")
    faults = [fault.message for fault in validator.iter_errors(good)]
    results.append((not faults, "acme.json fits", faults))
    for case in load(files / "broken.json"):
        seen = not validator.is_valid(change(good, case))
        if case.get("schema", True):
            results.append((seen, f"refused: {case['name']}", []))
    print(f"1..{len(results)}")
    for number, (passed, name, faults) in enumerate(results, 1):
        for fault in faults:
            print(f"# {fault[:300]}")
        print(f"{'ok' if passed else 'not ok'} {number} {name.replace('#', '')}")
    return 0 if all(passed for passed, _, _ in results) else 1


sys.exit(main())
