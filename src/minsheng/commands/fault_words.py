"""What the system says of a file or an address it cannot use, in Chinese."""

import errno

_WORDS: dict[int, str] = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘已满",
    errno.EROFS: "磁盘只能读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "路径的链接绕成了圈",
    errno.EADDRINUSE: "端口已被别的程序占用",
    errno.EADDRNOTAVAIL: "这台机器没有这个地址",
}


def reason_of(fault: Exception) -> str:
    """Why, in a few words; a fault without words of its own is told by its number alone."""
    code = fault.errno if isinstance(fault, OSError) else None
    if isinstance(fault, OSError) and code is None:
        return "地址或路径不对"
    if code is None:
        return "路径里有不能用的字符"
    if code < 0:
        # The numbers of name look-ups are negative.
        return "找不到这个地址"
    return _WORDS.get(code, f"系统错误 {code}")
