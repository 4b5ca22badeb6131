"""A problem as lines for a person."""

from minsheng.kernel.problem import Problem

_SEVERITIES = {"error": "错误", "warning": "疑点", "notice": "提示"}


def problem_lines(problem: Problem) -> list[str]:
    """The sentence with its severity and lines; below it what was expected and what was found."""
    numbers = "、".join(dict.fromkeys(str(source.line) for source in problem.sources))
    where = f"第 {numbers} 行" if problem.project is None else f"项目 {problem.project}，第 {numbers} 行"
    lines = [f"  [{_SEVERITIES[problem.severity]}] {problem.message}（{where}，{problem.code}）"]
    if problem.expected is not None and problem.found is not None:
        lines.append(f"         应为 {problem.expected}，实为 {problem.found}")
    return lines
