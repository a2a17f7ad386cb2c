"""The texts of the entrance page in both languages; its steps have not been tried on real machines."""

from dataclasses import dataclass


@dataclass(frozen=True)
class System:
    name: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    title: str
    demo: str
    why_title: str
    why: str
    install_title: str
    download: str
    compare: str
    untested: str
    systems: tuple[System, ...]
    go_title: str
    go: str
    scope: str
    remove: str
    other_language: str


CHINESE = Words(
    title="从另一台电脑进入远程会诊",
    demo="演示数据，非真实患者",
    why_title="为什么要先安装证书",
    why=(
        "浏览器只在安全连接（https）下开放摄像头和麦克风；从其他电脑用 http 打开时会被浏览器拦截，不是系统故障。"
        "演示服务器当场生成了一张本地根证书，在这台电脑上信任它之后，就能用 https 打开并正常音视频通话。"
    ),
    install_title="第一步　安装根证书",
    download="下载根证书（telemed-demo.crt）",
    compare="安装前请与服务器屏幕上显示的指纹（SHA-256）核对，不一致请勿安装：",
    untested="以下步骤按各系统的公开说明编写，尚未在实机上逐一验证。",
    systems=(
        System("Windows 10 / 11（Edge、Chrome）", (
            "双击下载的 telemed-demo.crt，点「安装证书」，存储位置选「当前用户」。",
            "选「将所有的证书都放入下列存储」，点「浏览」，选「受信任的根证书颁发机构」，完成并在安全警告中点「是」。",
            "关闭全部浏览器窗口后重新打开。",
            "Firefox 另需：设置 → 隐私与安全 → 查看证书 → 颁发机构 → 导入，勾选「信任此证书颁发机构以标识网站」。",
        )),
        System("macOS（Safari、Chrome）", (
            "双击 telemed-demo.crt，在「钥匙串访问」中加入「登录」钥匙串。",
            "双击该证书，展开「信任」，「使用此证书时」选「始终信任」，关闭窗口并输入开机密码。",
            "退出浏览器后重新打开。",
        )),
        System("统信 UOS / 麒麟 Kylin（自带浏览器、Chromium）", (
            "终端执行：sudo cp telemed-demo.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates",
            "浏览器：设置 → 安全 → 管理证书 → 授权机构 → 导入 telemed-demo.crt，勾选「信任该证书，以标识网站的身份」。",
            "关闭浏览器后重新打开。",
        )),
    ),
    go_title="第二步　打开系统",
    go="打开",
    scope="这张根证书只能为内网地址签发证书，不能用于互联网上的其他网站。",
    remove="演示结束后，请在同一处删除名称以「telemed demo」开头的证书。",
    other_language="English",
)  # fmt: skip

ENGLISH = Words(
    title="Join the remote consultation from another computer",
    demo="Demonstration data, no real patients",
    why_title="Why a certificate comes first",
    why=(
        "Browsers open the camera and microphone only over a secure connection (https). From another computer over "
        "plain http the browser blocks them; nothing is broken. The demonstration made a local root certificate "
        "on the spot: once this computer trusts it, the https address works with video and sound."
    ),
    install_title="Step 1: install the root certificate",
    download="Download the root certificate (telemed-demo.crt)",
    compare="Before you install it, compare this fingerprint (SHA-256) with the one on the server's screen; "
    "if they differ, do not install it:",
    untested="These steps follow each system's public instructions; they have not been tested on real machines.",
    systems=(
        System("Windows 10 / 11 (Edge, Chrome)", (
            "Double-click telemed-demo.crt, choose Install Certificate, store location Current User.",
            "Choose Place all certificates in the following store, Browse, Trusted Root Certification Authorities; "
            "finish and answer Yes to the warning.",
            "Close every browser window and open it again. Firefox also needs: Settings, Privacy & Security, "
            "View Certificates, Authorities, Import, and the tick for identifying websites.",
        )),
        System("macOS (Safari, Chrome)", (
            "Double-click telemed-demo.crt and add it to the login keychain.",
            "Double-click the certificate there, open Trust, set When using this certificate to Always Trust, close "
            "the window and enter your password.",
            "Quit the browser and open it again.",
        )),
        System("UOS / Kylin (system browser, Chromium)", (
            "In a terminal: sudo cp telemed-demo.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates",
            "In the browser: Settings, Privacy and security, Manage certificates, Authorities, Import "
            "telemed-demo.crt, and tick Trust this certificate for identifying websites.",
            "Close the browser and open it again.",
        )),
    ),
    go_title="Step 2: open the system",
    go="Open",
    scope="This root certificate can vouch for addresses of private networks only, not for sites on the internet.",
    remove="When the demonstration is over, remove the certificate whose name begins with “telemed demo” the same way.",
    other_language="中文",
)  # fmt: skip
