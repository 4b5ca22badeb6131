"""A problem as lines for a person."""

from minsheng.kernel.problem import Problem

_SEVERITIES = {"error": "错误", "warning": "疑点", "notice": "提示"}


def problem_lines(problem: Problem) -> list[str]:
    """The sentence with severity, code and the lines it does not name; what was expected and found."""
    lines = [f"  [{_SEVERITIES[problem.severity]}] {problem.message}（{_address(problem)}）"]
    if problem.expected is not None and problem.found is not None:
        lines.append(f"         应为 {problem.expected}，实为 {problem.found}")
    return lines


def _address(problem: Problem) -> str:
    squeezed = problem.message.replace(" ", "")
    numbers = dict.fromkeys(source.line for source in problem.sources)
    unnamed = [str(number) for number in numbers if f"第{number}行" not in squeezed]
    return f"第 {'、'.join(unnamed)} 行，{problem.code}" if unnamed else problem.code
